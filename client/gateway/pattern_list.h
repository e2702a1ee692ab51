// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class Button;
class QBoxLayout;
class TextField;

// Regular expressions, one in each line, that are checked while they are typed. Lines that stay empty count as nothing.
class PatternList : public QWidget
{
    Q_OBJECT

public:
    explicit PatternList(QWidget *parent = nullptr);

    void setTexts(const QString &name, const QString &add); // of the list, and of the button that adds a line
    void setPatterns(const QStringList &patterns); // silently
    QStringList patterns() const;
    bool isValid() const;

    static constexpr int mostPatterns = 100; // as the server has it

Q_SIGNALS:
    void edited();

private:
    struct Line
    {
        QWidget *box;
        TextField *field;
        class IconButton *removal;
    };

    void add(const QString &pattern);
    void remove(QWidget *box);
    void check(TextField *field) const;
    void renew(); // names, order of the keyboard, whether more may be added

    QBoxLayout *m_rows;
    Button *m_add;
    QList<Line> m_lines;
    QString m_name;
};
