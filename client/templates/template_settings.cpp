// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_settings.h"

#include "client/design/theme.h"
#include "client/templates/used_by_list.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

QList<QString> tagsIn(const QString &text)
{
    QList<QString> tags;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts))
        if (const QString tag = part.trimmed(); !tag.isEmpty() && !tags.contains(tag))
            tags.append(tag);
    return tags;
}

} // namespace

TemplateSettings::TemplateSettings(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_name(new TextField({})),
      m_slug(new TextField({})),
      m_folder(new TextField({})),
      m_tags(new TextField({})),
      m_description(new TextField({})),
      m_made(new Label({}, TextStyle::Small, ColorRole::Text3)),
      m_save(new Button({}, {}, ButtonVariant::Primary)),
      m_remove(new Button({}, u"trash-2"_s)),
      m_usedBy(new UsedByList(workspace))
{
    auto *form = layout::box(
        layout::inset(layout::column({m_name, m_description,
                                      layout::row({layout::wide(m_folder), layout::wide(m_tags)}, Length::Space16),
                                      m_slug, m_made, layout::row({m_save, layout::stretch(), m_remove}), m_usedBy},
                                     Length::Space16),
                      Length::Space24));
    form->setMaximumWidth(theme().px(Length::DialogLarge));
    auto *page = layout::box(
        layout::tight(layout::column({layout::row({layout::wide(form, 3), layout::stretch(1)}), layout::stretch()})));
    setLayout(layout::tight(layout::column({layout::scrolling(page)})));
    connect(m_usedBy, &UsedByList::openRequested, this, &TemplateSettings::openRequested);
    for (TextField *field : {m_name, m_slug, m_folder, m_tags, m_description})
        connect(field->edit(), &QLineEdit::textChanged, this, &TemplateSettings::renewButtons);
    connect(m_save, &QPushButton::clicked, this, [this] { Q_EMIT saveRequested(typedChange()); });
    connect(m_remove, &QPushButton::clicked, this, &TemplateSettings::removeRequested);
    retranslate();
}

void TemplateSettings::setTemplate(const PromptTemplate &promptTemplate)
{
    const TemplateChange typed = typedChange();
    const bool isAnother = m_template.id != promptTemplate.id;
    const PromptTemplate before = std::exchange(m_template, promptTemplate);
    const auto fill = [&](TextField *field, const QString &text, bool isTyped) {
        if (isAnother || !isTyped)
            field->setText(text);
    };
    fill(m_name, promptTemplate.name, typed.name.has_value());
    fill(m_slug, promptTemplate.slug, typed.slug.has_value());
    fill(m_folder, promptTemplate.folder, typed.folder.has_value());
    fill(m_tags, promptTemplate.tags.join(u", "_s), typed.tags.has_value());
    fill(m_description, promptTemplate.description, typed.description.has_value());
    m_made->setText(
        tr("Made by %1 · %2").arg(promptTemplate.authorName, amounts::dayAndTime(promptTemplate.createdAt)));
    renewButtons();
    if (isAnother && isVisible())
        renewUses();
}

TemplateChange TemplateSettings::typedChange() const
{
    TemplateChange change;
    const auto set = [](std::optional<QString> &member, const QString &typed, const QString &before) {
        if (typed != before)
            member = typed;
    };
    set(change.name, m_name->text().trimmed(), m_template.name);
    set(change.slug, m_slug->text().trimmed(), m_template.slug);
    set(change.folder, m_folder->text().trimmed(), m_template.folder);
    set(change.description, m_description->text().trimmed(), m_template.description);
    if (const auto tags = tagsIn(m_tags->text()); tags != m_template.tags)
        change.tags = tags;
    return change;
}

void TemplateSettings::renewButtons()
{
    const TemplateChange change = typedChange();
    const bool changed = change.name || change.slug || change.folder || change.description || change.tags;
    m_save->setEnabled(!m_readOnly && changed && !m_name->text().trimmed().isEmpty());
    m_name->setError(m_name->text().trimmed().isEmpty() && !m_template.id.isNull() ? tr("A template needs a name")
                                                                                   : QString());
}

void TemplateSettings::renewUses() { m_usedBy->open(m_template.id); }

void TemplateSettings::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    for (TextField *field : {m_name, m_slug, m_folder, m_tags, m_description})
        field->edit()->setReadOnly(readOnly);
    m_save->setVisible(!readOnly);
    m_remove->setVisible(!readOnly);
    renewButtons();
}

void TemplateSettings::showError(const ApiError &error)
{
    const std::pair<const char *, TextField *> fields[] = {{"/name", m_name},
                                                           {"/slug", m_slug},
                                                           {"/folder", m_folder},
                                                           {"/tags", m_tags},
                                                           {"/description", m_description}};
    for (const json::Problem &problem : error.errors)
        for (const auto &[pointer, field] : fields)
            if (problem.pointer.startsWith(QLatin1StringView(pointer)))
                field->setError(problem.message);
    if (error.errors.isEmpty())
        (error.status == 409 ? m_slug : m_name)->setError(error.detail);
}

void TemplateSettings::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        setTemplate(m_template);
    }
}

void TemplateSettings::retranslate()
{
    m_name->setLabel(tr("Name"));
    m_description->setLabel(tr("Description"));
    m_folder->setLabel(tr("Folder"));
    m_folder->setPlaceholder(tr("support/refunds"));
    m_tags->setLabel(tr("Tags"));
    m_tags->setPlaceholder(tr("apart by commas"));
    m_slug->setLabel(tr("Slug"));
    m_slug->setHelp(tr("Programs name the template by it: changing it breaks those that use the old one."));
    m_save->setText(tr("Save settings"));
    m_remove->setText(tr("Delete template"));
    m_usedBy->retranslate();
}
