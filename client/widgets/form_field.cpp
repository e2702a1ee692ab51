// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/form_field.h"

#include "client/design/icon.h"
#include "client/design/theme.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QLineEdit>
#include <QPainter>

#include <algorithm>

namespace {

class ErrorIcon : public QWidget
{
public:
    ErrorIcon()
    {
        const int size = theme().px(Length::IconTiny);
        setFixedSize(size, size);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(painter, rect(), QStringLiteral("circle-alert"), ColorRole::Danger);
    }
};

} // namespace

FormField::FormField(const QString &label, QWidget *control, QWidget *parent)
    : QWidget(parent),
      m_label(new Label({}, TextStyle::BodyStrong)),
      m_note(new Label({}, TextStyle::Caption, ColorRole::Text3)),
      m_help(new Label({}, TextStyle::Small, ColorRole::Text3)),
      m_errorText(new Label({}, TextStyle::Small, ColorRole::Danger)),
      m_control(control)
{
    m_help->setWordWrap(true);
    m_errorText->setWordWrap(true);
    m_errorRow = layout::box(layout::row({new ErrorIcon, layout::wide(m_errorText)}, Length::Space6));
    for (QWidget *hidden : {static_cast<QWidget *>(m_help), m_errorRow, static_cast<QWidget *>(m_note)})
        hidden->hide();
    m_label->setBuddy(control);
    m_label->setElided(true); // a long name does not make its column wider
    setLayout(layout::column(
        {layout::row({m_label, layout::stretch(), m_note}), control, m_help, m_errorRow, layout::stretch()},
        Length::Space6));
    setFocusProxy(control);
    setLabel(label);
}

void FormField::setLabel(const QString &label)
{
    m_label->setText(label);
    m_label->setVisible(!label.isEmpty());
    m_control->setAccessibleName(label);
}

void FormField::setLabelStyle(TextStyle style) { m_label->setTextStyle(style); }

void FormField::setHelp(const QString &help)
{
    m_helpText = help;
    m_help->setText(help);
    describe();
}

void FormField::setError(const QString &error)
{
    m_error = error;
    m_errorText->setText(error);
    m_control->setProperty("error", !error.isEmpty());
    m_control->update();
    describe();
}

void FormField::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void FormField::describe()
{
    m_help->setVisible(m_error.isEmpty() && !m_helpText.isEmpty());
    m_errorRow->setVisible(!m_error.isEmpty());
    m_control->setAccessibleDescription(m_error.isEmpty() ? m_helpText : m_error);
}

TextField::TextField(const QString &label, const QString &icon, QWidget *parent)
    : FormField(label, new QLineEdit, parent)
{
    if (!icon.isEmpty()) {
        auto *action = edit()->addAction(themedIcon(icon), QLineEdit::LeadingPosition);
        action->setText(label); // also painted actions need a name for screen readers
        action->setEnabled(true);
    }
    connect(edit(), &QLineEdit::textEdited, this, [this] { setError({}); });
}

QLineEdit *TextField::edit() const { return static_cast<QLineEdit *>(control()); }
QString TextField::text() const { return edit()->text(); }
void TextField::setText(const QString &text) { edit()->setText(text); }
void TextField::setPlaceholder(const QString &text) { edit()->setPlaceholderText(text); }

void TextField::setSecret()
{
    edit()->setEchoMode(QLineEdit::Password);
    m_show = edit()->addAction(QIcon(), QLineEdit::TrailingPosition);
    connect(m_show, &QAction::triggered, this, [this] {
        const bool hidden = edit()->echoMode() == QLineEdit::Password;
        edit()->setEchoMode(hidden ? QLineEdit::Normal : QLineEdit::Password);
        renewShow();
    });
    renewShow();
}

void TextField::renewShow()
{
    const bool hidden = edit()->echoMode() == QLineEdit::Password;
    m_show->setIcon(themedIcon(hidden ? QStringLiteral("eye") : QStringLiteral("eye-off")));
    m_show->setText(hidden ? tr("Show what is typed") : tr("Hide what is typed"));
    m_show->setToolTip(m_show->text());
}

void TextField::changeEvent(QEvent *event)
{
    FormField::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_show)
        renewShow();
}

bool showProblems(const QList<json::Problem> &problems, const QList<std::pair<QString, FormField *>> &places)
{
    bool areAllPlaced = !problems.isEmpty();
    for (const json::Problem &problem : problems) {
        const auto place = std::find_if(places.begin(), places.end(), [&](const auto &one) {
            return (problem.pointer == one.first || problem.pointer.startsWith(one.first + u'/'))
                && one.second->isVisible();
        });
        if (place != places.end())
            place->second->setError(problem.message);
        areAllPlaced = areAllPlaced && place != places.end();
    }
    return areAllPlaced;
}
