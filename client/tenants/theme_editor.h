// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QWidget>

class Button;
class FormField;
class Label;
class TextField;
class ThemePreview;

// How a tenant looks: accent, product name, logo, with a preview that follows each keystroke.
class ThemeEditor : public QWidget
{
    Q_OBJECT

public:
    explicit ThemeEditor(QWidget *parent = nullptr);

    void setTheme(const QString &tenantName, const QJsonObject &theme);
    QJsonObject theme() const;
    bool isValid() const; // whether the accent is a colour, or empty
    QList<std::pair<QString, FormField *>> places() const;
    void takeLogo(const QByteArray &png); // as if it had been chosen; says at its field what is wrong with it
    void retranslate();

Q_SIGNALS:
    void edited();

private:
    void chooseLogo();
    void renew();

    QString m_tenantName;
    QString m_logo; // base64
    QColor m_shown; // the colour that the button is for
    TextField *m_accent;
    Button *m_pick;
    TextField *m_productName;
    FormField *m_logoField;
    Label *m_logoState;
    Button *m_chooseLogo;
    Button *m_removeLogo;
    ThemePreview *m_preview;
};
