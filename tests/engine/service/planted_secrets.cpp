// SPDX-License-Identifier: GPL-3.0-or-later
#include "planted_secrets.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

namespace planted {

namespace {

struct Shape
{
    QString of; ///< `name (shape)`
    QByteArray bytes;
};

QString veryLong()
{
    QString text;
    for (quint32 state = 12345; text.size() < 8192; state = state * 1664525 + 1013904223)
        text += QChar(static_cast<char16_t>(u'!' + (state >> 16) % 94));
    return text;
}

QString keyFile()
{
    QString text = QStringLiteral("-----BEGIN PLANTED KEY-----\n");
    for (const char *line :
         {"MIIEpQIBAAKCAQEAx7Vq2nPlantedLineNumberOneOfThisKey0kQ3vT8bR5yW1", "9sLm4PlantedLineNumberTwo", "Zz8"})
        text += QString::fromLatin1(line) + u'\n';
    return text + QStringLiteral("-----END PLANTED KEY-----\n");
}

/// What QJsonDocument makes of it, without the quotes.
QByteArray json(const QString &text)
{
    return QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact).chopped(2).sliced(2);
}

QByteArray asciiJson(const QString &text)
{
    QByteArray escaped;
    for (const QChar c : QString::fromUtf8(json(text)))
        escaped += c.unicode() < 128 ? QByteArray(1, c.toLatin1())
                                     : "\\u" + QByteArray::number(c.unicode(), 16).rightJustified(4, '0');
    return escaped;
}

void addShapes(const Secret &secret, QList<Shape> *shapes)
{
    const auto add = [&](const char *shape, const QByteArray &bytes) {
        if (bytes.size() >= 4)
            shapes->append({secret.name + QStringLiteral(" (%1)").arg(QString::fromLatin1(shape)), bytes});
    };
    const QByteArray plain = secret.value.toUtf8();
    add("plain", plain);
    add("trimmed", plain.trimmed());
    add("JSON", json(secret.value));
    add("ASCII JSON", asciiJson(secret.value));
    add("JSON in JSON", json(QString::fromUtf8(json(secret.value))));
    add("percent", QUrl::toPercentEncoding(secret.value));
    add("percent, small", QUrl::toPercentEncoding(secret.value).toLower());
    add("base64", plain.toBase64(QByteArray::OmitTrailingEquals));
    add("base64 for URLs", plain.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    add("UTF-16", QByteArray(reinterpret_cast<const char *>(secret.value.utf16()), secret.value.size() * 2));
    for (const QString &line : secret.value.split(u'\n'))
        add("line", line.trimmed().toUtf8());
    for (qsizetype at = 0; at + 40 <= plain.size() && plain.size() > 100; at += 500)
        add("piece", plain.sliced(at, 40));
}

QList<Shape> allShapes()
{
    QList<Shape> shapes;
    for (const Secret &secret : secrets())
        addShapes(secret, &shapes);
    return shapes;
}

} // namespace

const QList<Secret> &secrets()
{
    const auto text = [](const char *utf8) { return QString::fromUtf8(utf8); };
    static const QList<Secret> all = {
        {text("plain"), text("tok3n-Planted-5f2c")},
        {text("quotes"), text("pl\"ant'ed\\back\\\\slash\"")},
        {text("key_file"), keyFile()},
        {text("unicode"), text("plänted-größe-密码-\U0001F511")},
        {text("spaces"), text("  planted between spaces \t")},
        {text("number"), text("48151623427391")},
        {text("json"), text(R"({"user": "svc-planted", "password": "pw-planted-77"})")},
        {text("regex"), text("^pl(an|ted[0-9]+.*$(")},
        {text("percent"), text("100%planted%20%41%zz")},
        {text("expression"), text("${input.planted} ${secret.plain} $${x}")},
        {text("very_long"), veryLong()},
        {text("base64"), text("cGxhbnRlZC1iYXNlNjQtc2VjcmV0Lg==")},
    };
    return all;
}

QStringList foundIn(const QByteArray &bytes)
{
    static const QList<Shape> shapes = allShapes();
    QStringList found;
    for (const Shape &shape : shapes) {
        if (bytes.contains(shape.bytes))
            found << shape.of;
    }
    return found;
}

QStringList foundBelow(const QString &folder, const QString &butFor)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (files.fileName() == butFor || !file.open(QIODevice::ReadOnly))
            continue;
        for (const QString &secret : foundIn(file.readAll()))
            found << files.fileName() + QStringLiteral(": ") + secret;
    }
    return found;
}

} // namespace planted
