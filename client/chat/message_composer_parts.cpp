// SPDX-License-Identifier: GPL-3.0-or-later
// What the composer is made of, and its texts.
#include "client/chat/composer_edit.h"
#include "client/chat/message_composer.h"
#include "client/chat/typing_line.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/chips.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QPainter>

void MessageComposer::build()
{
    m_typing = new TypingLine;
    m_contextText = new Label({}, TextStyle::Small, ColorRole::Text2);
    m_contextText->setElided(true);
    m_contextEnd = new IconButton(QStringLiteral("x"), {});
    m_edit = new ComposerEdit;
    m_attach = new IconButton(QStringLiteral("paperclip"), {});
    m_code = new IconButton(QStringLiteral("code"), {});
    m_mention = new IconButton(QStringLiteral("at-sign"), {});
    m_emoji = new IconButton(QStringLiteral("smile"), {});
    m_template = new IconButton(QStringLiteral("file-code-2"), {});
    m_sendKeys = new KeyCaps(QStringLiteral("Enter"));
    m_lineKeys = new KeyCaps(QStringLiteral("Shift+Enter"));
    m_sendText = new Label({}, TextStyle::Small, ColorRole::Text3);
    m_lineText = new Label({}, TextStyle::Small, ColorRole::Text3);
    m_stop = new Button({}, QStringLiteral("square"));
    m_send = new Button({}, QStringLiteral("send"), ButtonVariant::Primary);
    m_hint = new Label({}, TextStyle::Small, ColorRole::Text3);
    m_hint->setWordWrap(true);
    m_attach->hide(); // until files can be sent
    for (IconButton *button : {m_contextEnd, m_attach, m_code, m_mention, m_emoji, m_template})
        button->setControlSize(ControlSize::Small);
    m_context = layout::box(layout::row({layout::wide(m_contextText), m_contextEnd}));
    m_context->hide();
    auto *tools =
        layout::row({m_attach, m_code, m_mention, m_emoji, m_template, layout::stretch(), m_sendKeys, m_sendText,
                     layout::gap(Length::Space6), m_lineKeys, m_lineText, layout::gap(Length::Space6), m_stop, m_send},
                    Length::Space6);
    m_frame = layout::box(layout::inset(layout::column({m_context, m_edit, tools}, Length::Space6),
                                        {Length::Space10, Length::Space10, Length::Space8, Length::Space8}));
    setLayout(layout::inset(layout::column({m_typing, m_frame, m_hint}, Length::Space6),
                            {Length::Space20, Length::Space4, Length::Space20, Length::Space12}));
    setFocusProxy(m_edit);
    connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void MessageComposer::setCompact(bool isCompact)
{
    for (QWidget *hint : {static_cast<QWidget *>(m_sendKeys), static_cast<QWidget *>(m_sendText),
                          static_cast<QWidget *>(m_lineKeys), static_cast<QWidget *>(m_lineText)})
        hint->setVisible(!isCompact);
}

void MessageComposer::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool isFocused = m_edit->hasFocus();
    paint::box(painter, m_frame->geometry(), px(Length::RadiusCard),
               theme().color(m_edit->isEnabled() ? ColorRole::Surface : ColorRole::Sunken),
               theme().color(isFocused ? ColorRole::Focus : ColorRole::Control),
               px(isFocused ? Length::Ring : Length::Hairline));
}

void MessageComposer::showContext()
{
    const bool isShown = !m_contextId.isNull();
    m_context->setVisible(isShown);
    if (isShown)
        m_contextText->setText(m_isEdit ? tr("You are changing a message. Escape leaves it as it was.")
                                        : tr("Answers %1: %2").arg(m_contextAuthor, m_contextQuote));
    showState();
    if (isShown)
        m_edit->setFocus();
}

void MessageComposer::retranslate()
{
    m_edit->setAccessibleName(tr("Message"));
    m_contextEnd->setName(m_isEdit ? tr("Stop changing") : tr("Do not answer"), QStringLiteral("Esc"));
    m_attach->setName(tr("Attach a file"));
    m_code->setName(tr("Code"));
    m_mention->setName(tr("Mention somebody"));
    m_emoji->setName(tr("Emoji"));
    m_template->setName(tr("Use a template"));
    m_sendText->setText(tr("send"));
    m_lineText->setText(tr("new line"));
    m_stop->setText(tr("Stop"));
    showState();
    if (!m_contextId.isNull())
        showContext();
}
