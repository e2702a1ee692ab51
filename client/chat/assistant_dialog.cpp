// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/assistant_dialog.h"

#include "client/templates/template_library.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/layout.h"
#include "client/widgets/search_select.h"

#include <QBoxLayout>
#include <QIntValidator>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestName = 60;
constexpr int longestDescription = 500;

constexpr int mostMessages = 100;
constexpr int mostTokens = 100'000;

// Keeps what is chosen, and what is being typed.
void offer(SearchSelect *select, const QList<std::pair<QVariant, QString>> &choices)
{
    const QVariant chosen = select->value();
    const QString typed = select->lineEdit()->text();
    select->setChoices(choices);
    select->choose(chosen);
    if (select->currentIndex() < 0)
        select->lineEdit()->setText(typed);
}

} // namespace

AssistantDialog::AssistantDialog(TemplateLibrary &library, const std::optional<Assistant> &assistant, QWidget *parent)
    : Dialog(assistant ? tr("Change “%1”").arg(assistant->name) : tr("New assistant"), Length::DialogMedium, parent),
      m_library(library),
      m_assistant(assistant),
      m_name(new TextField(tr("Name"))),
      m_description(new TextField(tr("Description"))),
      m_template(new SearchSelect(tr("Template"))),
      m_version(new Select(tr("Version"))),
      m_model(new SearchSelect(tr("Model"))),
      m_messages(new TextField(tr("Messages before the question"))),
      m_tokens(new TextField(tr("Tokens of them, at most"))),
      m_templateField(new FormField(tr("Template"), m_template)),
      m_versionField(new FormField(tr("Version"), m_version)),
      m_modelField(new FormField(tr("Model"), m_model))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_name->edit()->setMaxLength(longestName);
    m_name->setHelp(tr("As it is mentioned, without the @."));
    m_description->edit()->setMaxLength(longestDescription);
    m_template->setPlaceholder(tr("Choose a template"));
    m_templateField->setHelp(tr("It gets the variables “question” and “conversation”."));
    body()->addWidget(layout::scrollingWhenSmall(layout::box(
        layout::column({m_name, m_description,
                        layout::row({layout::wide(m_templateField), layout::wide(m_versionField)}, Length::Space16),
                        m_modelField, layout::row({layout::wide(m_messages), layout::wide(m_tokens)}, Length::Space16)},
                       Length::Space14))));
    addCancel();
    m_save = addMain(assistant ? tr("Save assistant") : tr("Create assistant"));
    if (assistant) {
        m_name->setText(assistant->name);
        m_description->setText(assistant->description);
    }
    m_messages->edit()->setValidator(new QIntValidator(0, mostMessages, this));
    m_tokens->edit()->setValidator(new QIntValidator(0, mostTokens, this));
    m_messages->setText(QString::number(assistant ? assistant->contextMessages : NewAssistant().contextMessages));
    m_tokens->setText(QString::number(assistant ? assistant->contextTokens : NewAssistant().contextTokens));
    offerTemplates();
    m_template->choose(assistant ? assistant->templateSlug : QString());
    offerVersions();
    if (assistant && assistant->label)
        m_version->setValue(*assistant->label);
    else if (assistant && assistant->version)
        m_version->setValue(*assistant->version);
    offerModels();
    m_model->choose(assistant ? assistant->model.value_or(QString()) : QString());
    for (const TextField *field : {m_name, m_messages, m_tokens})
        connect(field->edit(), &QLineEdit::textChanged, this, &AssistantDialog::renew);
    connect(m_template, &Select::valueChosen, this, [this] {
        m_templateField->setError({});
        offerVersions();
        renew();
    });
    connect(m_version, &Select::valueChosen, this, [this] { m_versionField->setError({}); });
    connect(m_model, &Select::valueChosen, this, [this] { m_modelField->setError({}); });
    connect(&m_library, &TemplateLibrary::changed, this, [this] {
        offerTemplates();
        offerVersions();
    });
    connect(&m_library, &TemplateLibrary::modelsChanged, this, &AssistantDialog::offerModels);
    m_library.reload();
    m_library.reloadModels();
    renew();
    m_name->edit()->setFocus();
}

void AssistantDialog::offerTemplates()
{
    QList<std::pair<QVariant, QString>> choices;
    if (m_assistant && !m_assistant->templateSlug.isEmpty())
        choices.append({m_assistant->templateSlug, m_assistant->templateName}); // whether or not it is known here
    for (const PromptTemplate &one : m_library.templates())
        if (!m_assistant || one.slug != m_assistant->templateSlug)
            choices.append({one.slug, one.name});
    offer(m_template, choices);
}

void AssistantDialog::offerVersions()
{
    QList<std::pair<QVariant, QString>> choices{{QString(), tr("The latest")}};
    const QString slug = m_template->value().toString();
    if (m_assistant && slug == m_assistant->templateSlug && m_assistant->label)
        choices.append({*m_assistant->label, *m_assistant->label});
    int latest = 0;
    for (const PromptTemplate &one : m_library.templates()) {
        if (one.slug != slug)
            continue;
        latest = one.latestVersion;
        for (const LabelPlace &place : one.labels)
            if (!choices.contains(std::pair<QVariant, QString>(place.label, place.label)))
                choices.append({place.label, place.label});
    }
    if (m_assistant && slug == m_assistant->templateSlug && m_assistant->version)
        latest = std::max(latest, *m_assistant->version);
    for (int version = latest; version > 0; --version)
        choices.append({version, tr("v%1").arg(version)});
    m_version->setChoices(choices);
}

void AssistantDialog::offerModels()
{
    QList<std::pair<QVariant, QString>> choices{{QString(), tr("The template's")}};
    if (m_assistant && m_assistant->model)
        choices.append({*m_assistant->model, *m_assistant->model});
    for (const ModelInfo &model : m_library.models())
        if (model.configured && (!m_assistant || model.name != m_assistant->model))
            choices.append({model.name, model.name});
    offer(m_model, choices);
}

void AssistantDialog::renew()
{
    m_save->setEnabled(!m_name->text().trimmed().isEmpty() && !m_template->value().toString().isEmpty()
                       && m_messages->edit()->hasAcceptableInput() && m_tokens->edit()->hasAcceptableInput());
}

void AssistantDialog::accept()
{
    m_save->setEnabled(false);
    const QVariant chosen = m_version->value();
    const bool isVersion = chosen.typeId() == QMetaType::Int;
    const auto version = isVersion ? std::optional(chosen.toInt()) : std::nullopt;
    const auto label = isVersion || chosen.toString().isEmpty() ? std::nullopt : std::optional(chosen.toString());
    const QString slug = m_template->value().toString(), model = m_model->value().toString();
    if (m_assistant)
        return Q_EMIT changed({.name = m_name->text().trimmed(),
                               .description = m_description->text().trimmed(),
                               .promptTemplate = slug,
                               .label = label,
                               .version = version,
                               .model = model,
                               .contextMessages = m_messages->text().toInt(),
                               .contextTokens = m_tokens->text().toInt()});
    Q_EMIT created({.name = m_name->text().trimmed(),
                    .description = m_description->text().trimmed(),
                    .promptTemplate = slug,
                    .label = label,
                    .version = version,
                    .model = model.isEmpty() ? std::nullopt : std::optional(model),
                    .contextMessages = m_messages->text().toInt(),
                    .contextTokens = m_tokens->text().toInt()});
}

void AssistantDialog::showError(const ApiError &error)
{
    renew();
    const bool areAllShown = showProblems(error.errors,
                                          {{u"/name"_s, m_name},
                                           {u"/description"_s, m_description},
                                           {u"/template"_s, m_templateField},
                                           {u"/label"_s, m_versionField},
                                           {u"/version"_s, m_versionField},
                                           {u"/model"_s, m_modelField},
                                           {u"/contextMessages"_s, m_messages},
                                           {u"/contextTokens"_s, m_tokens}});
    if (!areAllShown || error.errors.isEmpty())
        m_templateField->setError(error.detail);
    fitContent();
}
