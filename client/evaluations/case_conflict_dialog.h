// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/evaluations/case_content.h"
#include "client/widgets/dialog.h"

class SegmentedControl;

// Cells that two people have changed: theirs or mine, for each. Theirs stands until the person says otherwise.
class CaseConflictDialog : public Dialog
{
    Q_OBJECT

public:
    CaseConflictDialog(const QList<CellConflict> &conflicts, QWidget *parent);

    void accept() override;

Q_SIGNALS:
    void decided(const QList<CellConflict> &conflicts);

private:
    QWidget *makeRow(const CellConflict &conflict);
    void takeAll(bool mine);

    QList<CellConflict> m_conflicts;
    QList<SegmentedControl *> m_choices;
};
