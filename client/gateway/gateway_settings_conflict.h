// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class Button;
class Label;

// Says that somebody else has saved the same settings meanwhile, and offers the two ways out. A part of the layout: the
// form stays as it is until one of them is chosen.
class GatewaySettingsConflict : public QWidget
{
    Q_OBJECT

public:
    explicit GatewaySettingsConflict(QWidget *parent = nullptr); // hidden

    void show(const QStringList &differences); // the parts that are not as they stand in the form
    void setMineIsValid(bool isValid); // otherwise it cannot be saved
    void retranslate();

Q_SIGNALS:
    void takeTheirs();
    void saveMine();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Label *m_text;
    Button *m_theirs;
    Button *m_mine;
    QStringList m_differences;
};
