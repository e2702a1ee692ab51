// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVariant>

class QDBusVariant;

// Whether the desktop is dark. Qt tells it from 6.5 on; before, the XDG desktop portal is asked over D-Bus
// (org.freedesktop.portal.Settings, org.freedesktop.appearance color-scheme). Never blocks: until the portal answers,
// the answer of the last run holds.
class SystemAppearance : public QObject
{
    Q_OBJECT

public:
    explicit SystemAppearance(QObject *parent = nullptr);

    bool isDark() const { return m_dark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void portalSettingChanged(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void askPortal();
    void setDark(bool dark);

    bool m_dark = false;
};
