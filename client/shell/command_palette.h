// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/shell/overlay.h"
#include "client/shell/palette_model.h"

class QLineEdit;
class QListView;

// Ctrl+K: everything there is to go to and to do, found by typing. What was used lately comes first.
class CommandPalette : public Overlay
{
    Q_OBJECT

public:
    // Gives entries when the palette opens: pages, commands, cached objects. Must be quick.
    using Provider = std::function<QList<PaletteEntry>()>;

    explicit CommandPalette(QWidget *window);
    void addProvider(Provider provider) { m_providers << std::move(provider); }
    void clearProviders() { m_providers.clear(); }
    // Opens with text already typed, for example ">".
    void openWith(const QString &text);

protected:
    QSize panelSize() const override;
    void opening() override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void search();
    void run(int row);
    void move(int step);

    QLineEdit *m_field;
    QListView *m_list;
    PaletteModel m_model;
    QWidget *m_hints;
    QWidget *m_nothing;
    QList<Provider> m_providers;
};
