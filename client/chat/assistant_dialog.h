// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/dialog.h"
#include "shared/chat/assistant.h"
#include "shared/error.h"

class FormField;
class SearchSelect;
class Select;
class TemplateLibrary;
class TextField;

// Makes an assistant, or changes one. It stays open until the server has agreed.
class AssistantDialog : public Dialog
{
    Q_OBJECT

public:
    AssistantDialog(TemplateLibrary &library, const std::optional<Assistant> &assistant, QWidget *parent);

    void accept() override;
    void showError(const ApiError &error);

Q_SIGNALS:
    void created(const NewAssistant &input);
    void changed(const AssistantChange &change);

private:
    void offerTemplates();
    void offerVersions();
    void offerModels();
    void renew();

    TemplateLibrary &m_library;
    const std::optional<Assistant> m_assistant;
    TextField *m_name;
    TextField *m_description;
    SearchSelect *m_template;
    Select *m_version; // of the template: a label as text, a version as number, or the latest as nothing
    SearchSelect *m_model;
    TextField *m_messages;
    TextField *m_tokens;
    FormField *m_templateField;
    FormField *m_versionField;
    FormField *m_modelField;
    Button *m_save;
};
