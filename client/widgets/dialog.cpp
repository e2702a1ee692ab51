// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/dialog.h"

#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QScreen>

#include <algorithm>

Dialog::Dialog(const QString &title, Length width, QWidget *parent)
    : QDialog(parent),
      m_body(layout::column({}, Length::Space14)),
      m_buttons(layout::row({layout::stretch()}))
{
    setWindowTitle(title);
    setModal(true);
    auto *heading = new Label(title, TextStyle::TitleSmall);
    heading->setWordWrap(true);
    setLayout(
        layout::inset(layout::column({heading, layout::wide(m_body), m_buttons}, Length::Space20), Length::Space24));
    setFixedWidth(theme().px(width));
}

Button *Dialog::addMain(const QString &text, ButtonVariant variant)
{
    m_main = new Button(text, {}, variant);
    m_main->setDefault(variant != ButtonVariant::Danger);
    connect(m_main, &QPushButton::clicked, this, &QDialog::accept);
    m_buttons->addWidget(m_main);
    return m_main;
}

Button *Dialog::addCancel(const QString &text)
{
    auto *cancel = new Button(text.isEmpty() ? tr("Cancel") : text);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_buttons->insertWidget(1, cancel);
    return cancel;
}

void Dialog::requireTyped(const QString &phrase)
{
    auto *typed = new TextField(tr("Type “%1” to confirm").arg(phrase));
    m_body->addWidget(typed);
    m_main->setEnabled(false);
    connect(typed->edit(), &QLineEdit::textChanged, this,
            [this, phrase](const QString &text) { m_main->setEnabled(text == phrase); });
}

void Dialog::fitContent()
{
    // Twice: what scrolls knows how high it would like to be when it has its width.
    for (int round = 0; round < 2; ++round) {
        layout()->activate();
        const int wanted = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : sizeHint().height();
        resize(width(), std::min(wanted, screen()->availableGeometry().height()));
    }
}

Dialog *Dialog::question(const QString &title, const QString &text, const QString &action, QWidget *parent)
{
    auto *dialog = new Dialog(title, Length::DialogSmall, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto *label = new Label(text);
    label->setWordWrap(true);
    dialog->body()->addWidget(label);
    dialog->addCancel();
    dialog->addMain(action, ButtonVariant::Danger);
    return dialog;
}

void Dialog::paintEvent(QPaintEvent *) { QPainter(this).fillRect(rect(), theme().color(ColorRole::Raised)); }

void Dialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    fitContent();
}
