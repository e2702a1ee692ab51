// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/security/secret_dialog.h"

#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"

#include <QBoxLayout>
#include <QLineEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

SecretDialog::SecretDialog(const QString &title, const QString &text, QWidget *parent)
    : Dialog(title, Length::DialogSmall, parent),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    auto *about = new Label(text, TextStyle::Body, ColorRole::Text2);
    about->setWordWrap(true);
    body()->addWidget(about);
    m_problem->setWordWrap(true);
    m_problem->hide();
    addCancel();
}

TextField *SecretDialog::addPassword(const QString &pointer, const QString &label)
{
    auto *field = new TextField(label, u"lock"_s);
    field->setSecret();
    field->edit()->setMaxLength(1024);
    return add(pointer, field);
}

TextField *SecretDialog::addCode(const QString &pointer, const QString &label)
{
    auto *field = new TextField(label, u"shield-check"_s);
    field->edit()->setMaxLength(40);
    return add(pointer, field);
}

TextField *SecretDialog::add(const QString &pointer, TextField *field)
{
    m_fields.append({pointer, field});
    body()->addWidget(field);
    connect(field->edit(), &QLineEdit::textChanged, this, &SecretDialog::typed);
    return field;
}

void SecretDialog::setAction(const QString &text, ButtonVariant variant, std::function<void()> send)
{
    body()->addWidget(m_problem);
    m_main = addMain(text, variant);
    m_send = std::move(send);
    m_fields.first().second->edit()->setFocus();
    typed();
}

void SecretDialog::typed()
{
    m_problem->hide();
    const bool isComplete = std::none_of(m_fields.begin(), m_fields.end(),
                                         [](const auto &field) { return field.second->text().trimmed().isEmpty(); });
    m_main->setEnabled(isComplete && !m_sending);
}

void SecretDialog::accept()
{
    if (m_sending || !m_main->isEnabled())
        return;
    m_sending = true;
    typed();
    m_send();
}

void SecretDialog::finish() { Dialog::accept(); }

void SecretDialog::refuse(const ApiError &error)
{
    m_sending = false;
    typed();
    bool isPlaced = false;
    for (const json::Problem &problem : error.errors)
        for (const auto &[pointer, field] : m_fields)
            if (pointer == problem.pointer) {
                field->setError(problem.message);
                field->edit()->selectAll();
                field->edit()->setFocus();
                isPlaced = true;
            }
    m_problem->setText(error.detail);
    m_problem->setVisible(!isPlaced);
    fitContent();
}
