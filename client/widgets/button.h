// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/patio_style.h"

#include <QPushButton>
#include <QToolButton>

// A push button: one Primary for each view. The text begins with a verb.
class Button : public QPushButton
{
    Q_OBJECT

public:
    explicit Button(const QString &text = {}, const QString &icon = {},
                    ButtonVariant variant = ButtonVariant::Secondary, QWidget *parent = nullptr);

    void setVariant(ButtonVariant variant);
    void setIconName(const QString &name);
    void setControlSize(ControlSize size);
    // Shows a clock in place of the icon and takes no clicks; the width stays.
    void setLoading(bool loading);
    // The tooltip: what it does, and its key.
    void setHint(const QString &text, const QString &key = {});

private:
    void renewIcon();

    QString m_icon;
    ButtonVariant m_variant;
    bool m_loading = false;
};

// A square button with only an icon. Its name is the tooltip and what screen readers say.
class IconButton : public QToolButton
{
    Q_OBJECT

public:
    explicit IconButton(const QString &icon, const QString &name, const QString &key = {}, QWidget *parent = nullptr);

    void setName(const QString &name, const QString &key = {});
    void setIconName(const QString &icon, ColorRole role = ColorRole::Text2);
    void setControlSize(ControlSize size);
    void setVariant(ButtonVariant variant);
};

// "Ctrl+K" in the words of the platform and language, for tooltips and key caps.
QString shownKey(const QString &portable);
