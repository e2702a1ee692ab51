// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/dialog.h"
#include "shared/templates/template.h"

class QLineEdit;
class Select;
class TextField;

// Asks for the one line that says what a new version changes.
class SaveVersionDialog : public Dialog
{
    Q_OBJECT

public:
    SaveVersionDialog(int nextVersion, QWidget *parent);
    QString note() const;

private:
    TextField *m_note;
};

// Somebody saved another version first. Says who and when, and offers the three ways on.
class ConflictDialog : public Dialog
{
    Q_OBJECT

public:
    ConflictDialog(const TemplateVersion &theirs, QWidget *parent);

Q_SIGNALS:
    void compareRequested();
    void saveAnywayRequested();
    void takeTheirsRequested();
};

// Name and start of a new template.
class NewTemplateDialog : public Dialog
{
    Q_OBJECT

public:
    NewTemplateDialog(const QString &folder, const QString &model, QWidget *parent);
    NewTemplate input() const;
    void showError(const QString &pointer, const QString &message);

private:
    TextField *m_name;
    TextField *m_folder;
    Select *m_starter;
    QString m_model;
};

// Another name.
class RenameDialog : public Dialog
{
    Q_OBJECT

public:
    RenameDialog(const QString &name, QWidget *parent);
    QString name() const;

private:
    TextField *m_name;
};
