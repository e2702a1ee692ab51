// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/job_dialogs.h"

#include "client/design/theme.h"
#include "client/jobs/job_looks.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "shared/json/json.h"

#include <QBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestReason = 500;

std::optional<QJsonObject> objectIn(const QString &text)
{
    try {
        return json::object(text.toUtf8());
    } catch (const json::SyntaxError &) {
        return {};
    }
}

QByteArray printed(const QList<PromptMessage> &messages)
{
    QJsonArray list;
    for (const PromptMessage &message : messages)
        list.append(QJsonObject{{u"role"_s, QString(json::name(message.role))}, {u"content"_s, message.content}});
    return QJsonDocument(list).toJson().trimmed();
}

// Nothing when the text is not a list of messages.
std::optional<QList<PromptMessage>> messagesIn(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    QList<PromptMessage> messages;
    for (const QJsonValue &one : document.array()) {
        try {
            messages << json::fromValue<PromptMessage>(one, json::UnknownMembers::Reject);
        } catch (const json::InvalidError &) {
            return {};
        }
    }
    return messages.isEmpty() ? std::nullopt : std::optional(messages);
}

} // namespace

ReplayDialog::ReplayDialog(const JobDetail &detail, const QList<ModelInfo> &models, QWidget *parent)
    : Dialog(tr("Replay %1").arg(shortId(detail.job.id)), Length::DialogMedium, parent),
      m_detail(detail),
      m_model(new Select(tr("Model")))
{
    QList<std::pair<QVariant, QString>> choices;
    for (const ModelInfo &model : models)
        if (model.configured || model.name == detail.job.model)
            choices.append({model.name, model.name});
    if (m_model->findData(detail.job.model) < 0 && choices.isEmpty())
        choices.append({detail.job.model, detail.job.model});
    m_model->setChoices(choices);
    m_model->setValue(detail.job.model);
    body()->addWidget(new FormField(tr("Model"), m_model));

    if (detail.job.templateId) {
        m_version = new TextField(tr("Version of %1").arg(shownTemplate(detail.job)));
        m_version->setText(QString::number(detail.job.templateVersion.value_or(1)));
        connect(m_version->edit(), &QLineEdit::textChanged, this, &ReplayDialog::check);
        body()->addWidget(m_version);
        m_variables = new QPlainTextEdit(QString::fromUtf8(QJsonDocument(detail.variables).toJson()).trimmed());
        m_variables->setFont(theme().font(TextStyle::Mono));
        m_variables->setTabChangesFocus(true);
        m_variables->setMinimumHeight(theme().px(Length::CodeLines));
        connect(m_variables, &QPlainTextEdit::textChanged, this, &ReplayDialog::check);
        m_variablesField = new FormField(tr("Variables"), m_variables);
        body()->addWidget(m_variablesField);
    } else {
        m_messages = new QPlainTextEdit(QString::fromUtf8(printed(detail.messages)));
        m_messages->setFont(theme().font(TextStyle::Mono));
        m_messages->setTabChangesFocus(true);
        m_messages->setMinimumHeight(theme().px(Length::CodeLines));
        connect(m_messages, &QPlainTextEdit::textChanged, this, &ReplayDialog::check);
        m_messagesField = new FormField(tr("Messages"), m_messages);
        body()->addWidget(m_messagesField);
    }
    addCancel();
    m_replay = addMain(tr("Replay"));
    check();
}

void ReplayDialog::check()
{
    bool good = true;
    if (m_variables) {
        const bool isObject = objectIn(m_variables->toPlainText()).has_value();
        m_variablesField->setError(isObject ? QString() : tr("This is not a JSON object"));
        bool isNumber = false;
        const bool isVersion = m_version->text().toInt(&isNumber) >= 1 && isNumber;
        if (!isVersion)
            m_version->setError(tr("A version is a whole number"));
        good = isObject && isVersion;
    }
    if (m_messages) {
        good = messagesIn(m_messages->toPlainText()).has_value();
        m_messagesField->setError(good ? QString() : tr("A list of objects with “role” and “content”."));
    }
    m_replay->setEnabled(good);
}

ReplayRequest ReplayDialog::request() const
{
    ReplayRequest request;
    if (m_model->value().toString() != m_detail.job.model)
        request.model = m_model->value().toString();
    if (m_variables) {
        if (const auto variables = objectIn(m_variables->toPlainText()); variables && *variables != m_detail.variables)
            request.variables = variables;
        if (const int version = m_version->text().toInt(); version != m_detail.job.templateVersion)
            request.version = version;
    }
    if (m_messages) {
        const auto messages = messagesIn(m_messages->toPlainText());
        if (messages && printed(*messages) != printed(m_detail.messages))
            request.messages = messages;
    }
    return request;
}

DiscardDialog::DiscardDialog(const QString &what, QWidget *parent)
    : Dialog(tr("Discard %1").arg(what), Length::DialogSmall, parent),
      m_reason(new TextField(tr("Reason")))
{
    m_reason->edit()->setMaxLength(longestReason);
    m_reason->setHelp(tr("Kept with the history, so that others know why the job was given up."));
    body()->addWidget(m_reason);
    addCancel();
    Button *discard = addMain(tr("Discard"), ButtonVariant::Danger);
    discard->setEnabled(false);
    connect(m_reason->edit(), &QLineEdit::textChanged, discard,
            [discard](const QString &text) { discard->setEnabled(!text.trimmed().isEmpty()); });
    m_reason->edit()->setFocus();
}

QString DiscardDialog::reason() const { return m_reason->text().trimmed(); }
