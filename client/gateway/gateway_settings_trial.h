// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/gateway/gateway_settings.h"

#include <QTimer>
#include <QWidget>

class Label;
class QBoxLayout;
class QPlainTextEdit;
class SegmentedControl;

// "Try it": what the content rules as they stand in the form, saved or not, say to a text.
class GatewaySettingsTrial : public QWidget
{
    Q_OBJECT

public:
    explicit GatewaySettingsTrial(QWidget *parent = nullptr);

    void setSettings(const GatewaySettings &settings);
    void retranslate();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Verdict;
    void judge();
    QList<Verdict> verdicts() const;
    void judgePatterns(const QString &text, bool isRequest, QList<Verdict> &verdicts) const;

    GatewaySettings m_settings;
    Label *m_title;
    Label *m_help;
    SegmentedControl *m_way;
    QPlainTextEdit *m_text;
    QBoxLayout *m_verdicts;
    QList<QWidget *> m_shown;
    QTimer m_settle;
};
