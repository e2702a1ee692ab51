// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/toast.h"

#include "client/design/theme.h"
#include "client/widgets/code_box.h"
#include "client/widgets/dialog.h"
#include "client/widgets/label.h"
#include "client/widgets/toast_card.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QBoxLayout>
#include <QEvent>

namespace {

constexpr qsizetype mostShown = 3;

} // namespace

ToastHost::ToastHost(QWidget *parent) : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents, false);
    parent->installEventFilter(this);
    hide();
}

void ToastHost::show(const Toast &toast)
{
    if (m_cards.size() >= mostShown) {
        m_waiting << toast;
        return;
    }
    auto *card = new ToastCard(toast, this);
    m_cards << card;
    connect(card, &ToastCard::finished, this, [this, card] { dismiss(card); });
    connect(card, &ToastCard::detailsRequested, this, [this](const Toast &shown) {
        auto *dialog = new Dialog(shown.title, Length::DialogMedium, window());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        auto *details = new CodeBox(tr("Details"));
        details->setText(shown.details);
        if (!shown.text.isEmpty()) {
            auto *text = new Label(shown.text, TextStyle::Body, ColorRole::Text2);
            text->setWordWrap(true);
            dialog->body()->addWidget(text);
        }
        dialog->body()->addWidget(details);
        dialog->addCancel(tr("Close"));
        dialog->open();
    });
    card->show();
    arrange();
    QAccessibleEvent alert(card, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

bool ToastHost::undo()
{
    for (qsizetype i = m_waiting.size() - 1; i >= 0; --i) { // not shown yet, and newer than all that are
        if (m_waiting[i].undo) {
            m_waiting.takeAt(i).undo();
            return true;
        }
    }
    for (auto card = m_cards.rbegin(); card != m_cards.rend(); ++card) {
        if ((*card)->canUndo()) {
            (*card)->undo();
            return true;
        }
    }
    return false;
}

void ToastHost::focusNewest()
{
    if (!m_cards.isEmpty()) {
        const auto buttons = m_cards.constLast()->findChildren<QAbstractButton *>();
        if (!buttons.isEmpty())
            buttons.constFirst()->setFocus(Qt::TabFocusReason);
    }
}

void ToastHost::dismiss(ToastCard *card)
{
    m_cards.removeOne(card);
    card->hide();
    card->deleteLater();
    if (!m_waiting.isEmpty())
        show(m_waiting.takeFirst());
    arrange();
}

void ToastHost::arrange()
{
    if (m_cards.isEmpty())
        return hide();
    int height = 0, width = 0;
    QList<QSize> sizes;
    for (ToastCard *card : m_cards) {
        const int wide = std::clamp(card->sizeHint().width(), px(Length::ToastMinimum),
                                    std::max(px(Length::ToastMaximum), card->minimumSizeHint().width()));
        const int tall = card->hasHeightForWidth() ? card->heightForWidth(wide) : card->sizeHint().height();
        sizes << QSize(wide, tall);
        width = std::max(width, wide);
        height += tall - px(Length::Space24);
    }
    height += px(Length::Space24);
    const QRect area = parentWidget()->rect();
    const QRect place(area.right() + 1 - width - px(Length::Space8), area.bottom() + 1 - height - px(Length::Space24),
                      width, height);
    setGeometry(QStyle::visualRect(layoutDirection(), area, place));
    int y = height;
    for (qsizetype i = m_cards.size() - 1; i >= 0; --i) { // newest at the bottom
        y -= sizes[i].height();
        m_cards[i]->setGeometry(
            QStyle::visualRect(layoutDirection(), rect(), QRect({width - sizes[i].width(), y}, sizes[i])));
        y += px(Length::Space24);
    }
    QWidget::show();
    raise();
}

bool ToastHost::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        arrange();
    return QWidget::eventFilter(watched, event);
}
