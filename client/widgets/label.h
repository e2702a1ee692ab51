// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"

#include <QLabel>

// Text in one of the type styles and colours; follows the theme. Always plain text: what users and servers send is
// never read as markup.
class Label : public QLabel
{
    Q_OBJECT

public:
    explicit Label(const QString &text = {}, TextStyle style = TextStyle::Body, ColorRole role = ColorRole::Text,
                   QWidget *parent = nullptr);

    void setRole(ColorRole role);
    void setTextStyle(TextStyle style);
    // Too long text ends in "…" and shows in full as a tooltip. The label then may shrink.
    void setElided(bool elided);
    // Lets a person select and copy the text.
    void setSelectable();

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void follow();

    TextStyle m_style;
    ColorRole m_role;
    bool m_elided = false;
};
