// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/patio_style.h"

#include <QDialog>

class Button;
class QBoxLayout;
class QLineEdit;

// A dialog with a title, a body and buttons at the lower end. The main button says what it does ("Save version");
// Escape cancels; Return presses the main button unless it destroys something. Use open(), never exec(): no nested
// event loops.
class Dialog : public QDialog
{
    Q_OBJECT

public:
    explicit Dialog(const QString &title, Length width, QWidget *parent);

    QBoxLayout *body() const { return m_body; }
    Button *addMain(const QString &text, ButtonVariant variant = ButtonVariant::Primary); // accepts
    Button *addCancel(const QString &text = {}); // rejects; "Cancel" unless given
    // The main button stays disabled until `phrase` has been typed: for what cannot be undone.
    void requireTyped(const QString &phrase);

    // As high as the content wants, up to the screen; again whenever that has changed. (adjustSize() stops at two
    // thirds of the screen and would cut texts.)
    void fitContent();

    // Asks before something that cannot be undone: a few sentences and the button that does it. Goes with its closing;
    // the caller connects accepted() and opens it.
    static Dialog *question(const QString &title, const QString &text, const QString &action, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QBoxLayout *m_body;
    QBoxLayout *m_buttons;
    Button *m_main = nullptr;
};
