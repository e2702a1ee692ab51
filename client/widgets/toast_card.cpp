// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/toast_card.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QPainter>

namespace {

constexpr int lifeTime = 5000; // ms
constexpr int undoTime = 8000; // ms

QString iconOf(Tone tone)
{
    switch (tone) {
    case Tone::Danger:
        return QStringLiteral("circle-alert");
    case Tone::Warning:
        return QStringLiteral("triangle-alert");
    case Tone::Success:
        return QStringLiteral("circle-check");
    default:
        return QStringLiteral("info");
    }
}

} // namespace

ToastCard::ToastCard(const Toast &toast, QWidget *parent) : QWidget(parent), m_toast(toast), m_iconPlace(new QWidget)
{
    auto *title = new Label(toast.title, TextStyle::BodyStrong);
    auto *text = new Label(toast.text, TextStyle::Small, ColorRole::Text2);
    if (toast.text.isEmpty())
        text->hide();
    for (Label *label : {title, text}) {
        label->setWordWrap(true);
        label->setMinimumWidth(std::min(label->fontMetrics().horizontalAdvance(label->text()) + 1,
                                        px(Length::ToastMinimum) - px(Length::Space56)));
    }
    m_iconPlace->setFixedSize(px(Length::IconMedium), px(Length::IconMedium));
    auto *row = layout::row({m_iconPlace, layout::wide(layout::column({title, text}, Length::Space2))}, Length::Space8);
    const auto action = [&](const QString &name, auto run) {
        auto *button = new Button(name, {}, ButtonVariant::Ghost);
        connect(button, &QPushButton::clicked, this, run);
        row->addWidget(button);
    };
    if (!toast.details.isEmpty())
        action(tr("Details"), [this] { Q_EMIT detailsRequested(m_toast); });
    if (toast.retry)
        action(tr("Retry"), [this] { finishWith(m_toast.retry); });
    if (toast.undo)
        action(tr("Undo"), [this] { finishWith(m_toast.undo); });
    auto *close = new IconButton(QStringLiteral("x"), tr("Dismiss"));
    close->setControlSize(ControlSize::Small);
    connect(close, &QToolButton::clicked, this, &ToastCard::finished);
    row->addWidget(close);
    // The margins hold the shadow.
    setLayout(layout::inset(row, {Length::Space32, Length::Space24, Length::Space24, Length::Space32}));
    setAccessibleName(QStringLiteral("%1. %2").arg(toast.title, toast.text));
    m_life.setSingleShot(true);
    m_life.setInterval(toast.undo ? undoTime : lifeTime);
    connect(&m_life, &QTimer::timeout, this, &ToastCard::finished);
    resume();
}

void ToastCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int blur = px(Length::ToastBlur);
    const QRect plate = rect().adjusted(blur, blur - px(Length::ToastShift), -px(Length::Space14), -blur);
    paint::shadow(painter, plate, px(Length::RadiusCard), paint::Depth::Toast);
    paint::box(painter, plate, px(Length::RadiusCard), theme().color(ColorRole::Raised),
               theme().color(ColorRole::Border), px(Length::Hairline));
    paintIcon(painter, m_iconPlace->geometry(), iconOf(m_toast.tone),
              m_toast.tone == Tone::Neutral ? ColorRole::Text2 : textRole(m_toast.tone));
}

void ToastCard::enterEvent(QEnterEvent *) { m_life.stop(); }
void ToastCard::leaveEvent(QEvent *) { resume(); }

void ToastCard::resume()
{
    if (m_toast.tone != Tone::Danger) // what went wrong stays until it was seen
        m_life.start();
}

void ToastCard::finishWith(const std::function<void()> &run)
{
    const auto copy = run; // the card may be gone after finished()
    Q_EMIT finished();
    copy();
}
