// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/theme.h"
#include "client/widgets/data_table.h"
#include "client/widgets/table_model.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Fruit
{
    int id = 0;
    QString name;
};

class Fruits : public TableModel<Fruit>
{
public:
    Fruits()
        : TableModel({column<Fruit>(u"id"_s, u"No."_s, &Fruit::id, CellKind::Number, 60),
                      column<Fruit>(u"name"_s, u"Name"_s, &Fruit::name, CellKind::Strong, 60)})
    {
        setRows(QList<Fruit>{{1, u"apple"_s}, {2, u"=pear"_s}, {3, u"fig\tdried"_s}});
    }
};

} // namespace

class TestDataTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_table.reset(); }
    void copiesForSpreadsheetsAndPrograms();
    void escapeAsksThePageFirst();
    void aDotOpensTheMenuOfTheRow();
    void aLongerTitleMakesItsColumnWider();
    void columnsAreRemembered();
    void pagesComeInOneStep();
    void anyMixtureOfChangesIsWhatSortingAnewGives();
    void sortsTextsAsPeopleDo();
    void rowsMayEndBeforeTheTable();

private:
    QTemporaryDir m_settings;
    Theme m_theme;
    Fruits m_model;
    std::unique_ptr<DataTable> m_table;
};

void TestDataTable::initTestCase()
{
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    m_theme.install();
}

void TestDataTable::init()
{
    QSettings().clear();
    m_model.setTitles({u"No."_s, u"Name"_s});
    m_table = std::make_unique<DataTable>(u"Fruits"_s);
    m_table->setModel(&m_model);
    m_table->resize(600, 300);
    m_table->show();
}

void TestDataTable::copiesForSpreadsheetsAndPrograms()
{
    m_table->setRowJson([this](const QModelIndex &index) { return QByteArray::number(m_model.row(index).id); });
    m_table->selectAll();
    QCOMPARE(m_table->selectionAsText(u'\t'), u"No.\tName\n1\tapple\n2\t=pear\n3\tfig dried\n"_s);
    QCOMPARE(m_table->selectionAsText(u','), u"No.,Name\n1,apple\n2,\"'=pear\"\n3,fig\tdried\n"_s);
    m_table->setCurrentIndex(m_model.index(0, 0));
    m_table->selectAll();
    QTest::keyClick(m_table.get(), Qt::Key_Period);
    auto *menu = m_table->findChildren<QMenu *>().last();
    menu->actions().last()->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"[1,\n 2,\n 3]"_s);
    menu->close();
}

void TestDataTable::escapeAsksThePageFirst()
{
    bool paneIsOpen = true;
    m_table->setEscape([&] { return std::exchange(paneIsOpen, false); });
    m_table->selectRow(1);
    QTest::keyClick(m_table.get(), Qt::Key_Escape);
    QVERIFY(!paneIsOpen);
    QCOMPARE(m_table->selectedRowIndexes().size(), 1);
    QTest::keyClick(m_table.get(), Qt::Key_Escape);
    QVERIFY(m_table->selectedRowIndexes().isEmpty());
}

void TestDataTable::aDotOpensTheMenuOfTheRow()
{
    QModelIndex asked;
    connect(m_table.get(), &DataTable::rowMenuRequested, this,
            [&](QMenu *, const QModelIndex &index) { asked = index; });
    m_table->setCurrentIndex(m_model.index(2, 0));
    QTest::keyClick(m_table.get(), Qt::Key_Period);
    QCOMPARE(asked.row(), 2);
    m_table->findChildren<QMenu *>().last()->close();
}

void TestDataTable::aLongerTitleMakesItsColumnWider()
{
    const int before = m_table->columnWidth(0);
    m_model.setTitles({u"A title as long as titles are in Portuguese"_s, u"Nome"_s});
    QVERIFY(m_table->columnWidth(0) > before);
}

void TestDataTable::columnsAreRemembered()
{
    m_table->setStateKey(u"fruits"_s);
    m_table->setColumnWidth(1, 222);
    m_table->horizontalHeader()->moveSection(0, 1);
    m_table->setColumnHidden(0, true);
    m_table->horizontalHeader()->resizeSection(1, 240); // hiding alone is kept by the menu that hides
    DataTable again(u"Fruits"_s);
    again.setModel(&m_model);
    again.setStateKey(u"fruits"_s);
    QCOMPARE(again.columnWidth(1), 240);
    QVERIFY(again.isColumnHidden(0));
    QCOMPARE(again.horizontalHeader()->visualIndex(0), 1);
}

void TestDataTable::pagesComeInOneStep()
{
    m_table->sortByColumn(u"id"_s, Qt::AscendingOrder);
    QList<Fruit> page;
    for (int id = 10; id < 510; ++id)
        page.append({id, u"fruit"_s});
    QSignalSpy inserted(&m_model, &QAbstractItemModel::rowsInserted);
    m_model.append(page);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(m_model.rowCount(), 503);
    QCOMPARE(m_model.row(502).id, 509);
    m_model.append(page); // known: nothing is added twice
    QCOMPARE(m_model.rowCount(), 503);
    m_model.setRows(QList<Fruit>{{1, u"apple"_s}, {2, u"=pear"_s}, {3, u"fig\tdried"_s}});
}

void TestDataTable::anyMixtureOfChangesIsWhatSortingAnewGives()
{
    QRandomGenerator random(5);
    const auto even = [](const Fruit &fruit) { return fruit.name.size() % 2 == 0; };
    for (int round = 0; round < 60; ++round) {
        Fruits model;
        const bool filters = round % 3 == 0, sorts = round % 2 == 0;
        if (filters)
            model.setFilter(even);
        if (sorts)
            model.sortBy(round % 4 ? 0 : 1, round % 5 ? Qt::AscendingOrder : Qt::DescendingOrder);
        QHash<int, QString> expected{{1, u"apple"_s}, {2, u"=pear"_s}, {3, u"fig\tdried"_s}};
        for (int step = 0; step < 12; ++step) {
            QList<Fruit> rows;
            QList<int> ids;
            for (int i = random.bounded(1, 30); i > 0; --i) {
                const int id = random.bounded(4, 200);
                if (step % 4 == 3) {
                    ids << id;
                    expected.remove(id);
                } else if (!expected.contains(id)) { // a known row stays in its place, whatever it is now
                    rows.append({id, QString(random.bounded(1, 9), QChar(u'a' + random.bounded(26)))});
                    expected.insert(id, rows.last().name);
                }
            }
            model.remove(ids);
            step % 2 ? model.put(rows) : model.append(rows);
            QStringList shown, again;
            const auto all = [&] {
                QStringList texts;
                for (int row = 0; row < model.rowCount(); ++row) {
                    const Fruit &fruit = model.row(row);
                    texts << QString::number(fruit.id) + fruit.name;
                    if (expected.value(fruit.id) != fruit.name || model.indexOf(fruit.id).row() != row)
                        texts << u"wrong"_s;
                }
                return texts;
            };
            shown = all();
            QVERIFY(!shown.contains(u"wrong"_s));
            QCOMPARE(model.totalRows(), expected.size());
            if (!filters)
                QCOMPARE(shown.size(), expected.size());
            model.resort();
            again = all();
            if (sorts && round % 4) // by the number, which none shares
                QCOMPARE(shown, again);
            std::sort(shown.begin(), shown.end());
            std::sort(again.begin(), again.end());
            QCOMPARE(shown, again);
        }
    }
}

void TestDataTable::sortsTextsAsPeopleDo()
{
    Fruits model;
    model.setRows(
        QList<Fruit>{{1, u"pear"_s}, {2, u"Apple"_s}, {3, u"fig"_s}, {4, u"apple"_s}, {5, {}}, {6, u"fig"_s}});
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        model.sortBy(1, order);
        for (int row = 1; row < model.rowCount(); ++row) {
            const int before = QString::localeAwareCompare(model.row(row - 1).name, model.row(row).name);
            QVERIFY(order == Qt::AscendingOrder ? before <= 0 : before >= 0);
            if (before == 0)
                QVERIFY(model.row(row - 1).id < model.row(row).id); // equal ones stay as they stood
        }
    }
}

// As a page goes: its rows first, then its widgets, which are hidden then and scroll to where there are none.
void TestDataTable::rowsMayEndBeforeTheTable()
{
    auto model = std::make_unique<Fruits>();
    std::vector<Fruit> fruits(500);
    for (int i = 0; i < int(fruits.size()); ++i)
        fruits[std::size_t(i)].id = i;
    model->setRows(std::move(fruits));
    DataTable table(u"ending"_s);
    table.setModel(model.get());
    table.resize(400, 300);
    table.show();
    QVERIFY(QTest::qWaitForWindowExposed(&table));
    table.verticalScrollBar()->setValue(table.verticalScrollBar()->maximum());
    QVERIFY(table.verticalScrollBar()->value() > 0);
    model.reset();
    table.verticalScrollBar()->setValue(0);
    table.hide();
    QVERIFY(!table.model());
}

QTEST_MAIN(TestDataTable)
#include "tst_data_table.moc"
