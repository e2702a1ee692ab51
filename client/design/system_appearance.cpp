// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/system_appearance.h"

#include <QGuiApplication>
#include <QSettings>
#include <QStyleHints>

#ifdef PATIO_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#endif

namespace {

const auto lastKnown = QStringLiteral("appearance/systemIsDark");

} // namespace

SystemAppearance::SystemAppearance(QObject *parent) : QObject(parent), m_dark(QSettings().value(lastKnown).toBool())
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const auto read = [this] { setDark(QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark); };
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, read);
    read();
#else
    askPortal();
#endif
}

void SystemAppearance::setDark(bool dark)
{
    if (m_dark == dark)
        return;
    m_dark = dark;
    QSettings().setValue(lastKnown, dark);
    Q_EMIT changed();
}

#ifdef PATIO_DBUS

namespace {

const auto service = QStringLiteral("org.freedesktop.portal.Desktop");
const auto path = QStringLiteral("/org/freedesktop/portal/desktop");
const auto interface = QStringLiteral("org.freedesktop.portal.Settings");
const auto appearance = QStringLiteral("org.freedesktop.appearance");
const auto colorScheme = QStringLiteral("color-scheme");
constexpr uint preferDark = 1; // 0 no preference, 1 dark, 2 light

} // namespace

void SystemAppearance::askPortal()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(portalSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    message << appearance << colorScheme;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *finished) {
        const QDBusPendingReply<QDBusVariant> reply = *finished;
        // Read wraps the value in two variants.
        if (!reply.isError())
            setDark(reply.value().variant().value<QDBusVariant>().variant().toUInt() == preferDark);
        finished->deleteLater();
    });
}

void SystemAppearance::portalSettingChanged(const QString &space, const QString &key, const QDBusVariant &value)
{
    if (space == appearance && key == colorScheme)
        setDark(value.variant().toUInt() == preferDark);
}

#else

void SystemAppearance::askPortal() { }
void SystemAppearance::portalSettingChanged(const QString &, const QString &, const QDBusVariant &) { }

#endif
