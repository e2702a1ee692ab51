// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/gateway/gateway_settings.h"

#include <QLocale>
#include <QWidget>

class Card;
class FormField;
class Label;
class PatternList;
class QBoxLayout;
class QCheckBox;
class Select;
class Switch;
class TextField;

// The settings of the gateway as a form: cache, kept requests and answers, personal data, content rules, lengths.
class GatewaySettingsForm : public QWidget
{
    Q_OBJECT

public:
    explicit GatewaySettingsForm(QWidget *parent = nullptr);

    void setSettings(const GatewaySettings &settings); // silently
    GatewaySettings settings() const; // as it stands there; what cannot be read is absent
    bool isValid() const; // everything can be read
    QList<std::pair<QString, FormField *>> places() const; // for what a server refuses
    QWidget *firstControl() const;
    void retranslate();

Q_SIGNALS:
    void edited();

private:
    struct Heading // of a part: what it is, what it does, and the switch at its end
    {
        Label *title;
        Label *text;
    };

    Heading addHeading(QBoxLayout *to, QWidget *control = nullptr);
    QWidget *cachePart();
    QWidget *bodiesPart();
    QWidget *masksPart();
    QWidget *rulesPart();
    QWidget *lengthsPart();
    void changed();
    void check();
    std::optional<int> cacheSeconds() const;
    void showCacheTime(int seconds);

    Switch *m_caches;
    TextField *m_cacheTime;
    Select *m_cacheUnit;
    FormField *m_cacheUnitField;
    QWidget *m_cacheRow;
    Switch *m_keepsBodies;
    TextField *m_bodyDays;
    QList<QCheckBox *> m_masks; // as MaskKind has them
    Switch *m_masksAnswers;
    PatternList *m_denied;
    PatternList *m_required;
    TextField *m_promptLength;
    TextField *m_answerLength;
    QList<Heading> m_headings;
    QLocale m_locale; // in which the numbers are written
    bool m_setting = false;
};
