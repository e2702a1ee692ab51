// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/gateway/refusals_model.h"

#include <QWidget>

class Banner;
class Button;
class DetailPane;
class Facts;
class Label;

// Why calls were refused: what happened, what helps, what the program was told, and the way to what decided.
class RefusalPane : public QWidget
{
    Q_OBJECT

public:
    explicit RefusalPane(QWidget *parent = nullptr);

    void show(const RefusalRow &row, bool mayOpenDecider);
    const std::optional<RefusalRow> &row() const { return m_row; }

Q_SIGNALS:
    void closed();
    void deciderRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void renew();

    DetailPane *m_pane;
    Button *m_open;
    Label *m_why;
    Label *m_helpsTitle;
    Label *m_helps;
    Label *m_toldTitle;
    Label *m_told;
    Facts *m_facts;
    std::optional<RefusalRow> m_row;
};
