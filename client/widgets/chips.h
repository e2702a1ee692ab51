// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"
#include "client/widgets/looks.h"

#include <QAbstractButton>
#include <QWidget>

class QPainter;

// The small painted things that appear both as widgets and inside table cells. The paint functions cache what they draw
// by content, device pixel ratio and theme revision.
namespace chips {

int statusWidth(const StatusLook &status);
void paintStatus(QPainter &painter, const QRect &rect, const StatusLook &status); // at the start of rect, centred
void paintAvatar(QPainter &painter, const QRect &circle, const PersonLook &person);
QString initials(const QString &name);
quint32 stableHash(const QString &text); // FNV-1a; the same on every start, unlike qHash

} // namespace chips

// A status as a pill with icon and text.
class StatusChip : public QWidget
{
    Q_OBJECT

public:
    explicit StatusChip(const StatusLook &status = {}, QWidget *parent = nullptr);
    void setStatus(const StatusLook &status);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StatusLook m_status;
};

// Initials on a colour that follows the id.
class Avatar : public QWidget
{
    Q_OBJECT

public:
    explicit Avatar(const PersonLook &person = {}, Length size = Length::AvatarMedium, QWidget *parent = nullptr);
    void setPerson(const PersonLook &person);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    PersonLook m_person;
    Length m_size;
};

// A count: 99 and above as "99+". Hidden at nought.
class Badge : public QWidget
{
    Q_OBJECT

public:
    explicit Badge(Tone tone = Tone::Danger, QWidget *parent = nullptr);
    void setCount(int count);
    static QString shown(int count);
    static void paint(QPainter &painter, const QRect &rect, int count, Tone tone); // at the end of rect
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_count = 0;
    Tone m_tone;
};

// Keys of a shortcut as caps: "Ctrl" "K".
class KeyCaps : public QWidget
{
    Q_OBJECT

public:
    explicit KeyCaps(const QString &portableKeys = {}, QWidget *parent = nullptr);
    void setKeys(const QString &portableKeys); // "Ctrl+K", or "G, J" for a sequence
    static int width(const QString &portableKeys);
    static void paint(QPainter &painter, const QRect &rect, const QString &portableKeys, bool atEnd);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_keys;
};
