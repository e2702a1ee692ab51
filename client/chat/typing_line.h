// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

// "Lucas and Priya are typing". Keeps its height when nobody does, so that nothing moves.
class TypingLine : public QWidget
{
    Q_OBJECT

public:
    explicit TypingLine(QWidget *parent = nullptr);
    void setNames(const QStringList &names);
    static QString sentence(const QStringList &names);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QStringList m_names;
};
