// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/chat_header.h"

#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/chips.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>

namespace {

constexpr int mostFaces = 4;

int faceStep() { return px(Length::AvatarMedium) - px(Length::Space6); }

} // namespace

ChatHeader::ChatHeader(QWidget *parent)
    : QWidget(parent),
      m_title(new Label({}, TextStyle::Emphasis)),
      m_subtitle(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_faces(new QWidget),
      m_search(new IconButton(QStringLiteral("search"), {})),
      m_pins(new IconButton(QStringLiteral("pin"), {})),
      m_details(new IconButton(QStringLiteral("panel-right"), {}))
{
    m_title->setElided(true);
    m_subtitle->setElided(true);
    auto *texts = layout::tight(layout::column({m_title, m_subtitle}));
    setLayout(layout::inset(
        layout::row({layout::wide(texts), m_faces, layout::gap(Length::Space8), m_search, m_pins, m_details},
                    Length::Space4),
        {Length::Space24, Length::Space8, Length::Space16, Length::Space8}));
    connect(m_search, &QToolButton::clicked, this, &ChatHeader::searchRequested);
    connect(m_pins, &QToolButton::clicked, this, &ChatHeader::pinsRequested);
    connect(m_details, &QToolButton::clicked, this, &ChatHeader::detailsToggled);
    retranslate();
}

void ChatHeader::setChannel(const QString &title, const QString &subtitle, const QList<PersonLook> &people)
{
    m_title->setText(title);
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
    m_people = people.first(std::min<qsizetype>(people.size(), mostFaces));
    QStringList names;
    for (const PersonLook &person : std::as_const(m_people))
        names << person.name;
    m_faces->setAccessibleName(names.join(QStringLiteral(", ")));
    m_faces->setFixedSize(m_people.isEmpty() ? 0 : faceStep() * int(m_people.size()) + px(Length::Space8),
                          px(Length::AvatarMedium) + 2 * px(Length::Ring));
    update();
}

void ChatHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, height() - px(Length::Hairline), width(), px(Length::Hairline),
                     theme().color(ColorRole::Border));
    const QRect room = m_faces->geometry();
    const int side = px(Length::AvatarMedium), ring = px(Length::Ring);
    for (int i = 0; i < m_people.size(); ++i) {
        const QRect logical(room.x() + ring + i * faceStep(), room.center().y() - side / 2, side, side);
        const QRect face = QStyle::visualRect(layoutDirection(), room, logical);
        paint::box(painter, face.adjusted(-ring, -ring, ring, ring), side, theme().color(ColorRole::Surface));
        chips::paintAvatar(painter, face, m_people[i]);
    }
}

void ChatHeader::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ChatHeader::retranslate()
{
    m_search->setName(tr("Search in this conversation"), QStringLiteral("Ctrl+F"));
    m_pins->setName(tr("Pinned messages"));
    m_details->setName(tr("Details"));
}
