// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/templates/template_merge.h"
#include "client/widgets/dialog.h"

class Banner;
class CompareView;
class FormField;
class Label;
class QPlainTextEdit;
class SegmentedControl;

// Somebody saved another version first. Each part that differs with its three sides beside each other: what both began
// with, what they made of it, what I did; for each part one is taken, or a text edited from both. What only one of us
// changed is taken from him. Stays open until the server has taken the result.
class MergeDialog : public Dialog
{
    Q_OBJECT

public:
    // `base` absent: the version mine began with is not there; everything that differs is to be decided.
    MergeDialog(const std::optional<TemplateVersion> &base, const TemplateVersion &theirs,
                const NewTemplateVersion &mine, QWidget *parent);

    void accept() override; // saves only; whoever listens ends the dialog
    void showError(const ApiError &error);
    const TemplateVersion &theirs() const { return m_theirs; }
    // The content as it is decided so far: mine where nothing is.
    NewTemplateVersion content() const;

Q_SIGNALS:
    void saveRequested(const NewTemplateVersion &content); // based on theirs
    void takeTheirsRequested();

private:
    enum Choice { Theirs, Mine, Edited };
    struct Row
    {
        merge::Block block;
        SegmentedControl *choice;
        QPlainTextEdit *edit;
        FormField *field;
    };
    QWidget *makeRow(const merge::Block &block);
    void choose(qsizetype row, int choice);
    void renew();
    QString title(merge::Part part) const;
    QString origin(merge::Origin origin) const;
    QString textOf(const Row &row) const;

    TemplateVersion m_theirs;
    NewTemplateVersion m_mine;
    int m_base = 0;
    QList<Row> m_rows;
    Banner *m_banner;
    Label *m_open;
    Button *m_save;
};
