using System.Text;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>Bodies that nobody should send.</summary>
public static class BadBodies
{
    private const string Deep = """{"name": "a", "email": "a@example.org", "attributes": {"a": §}}""";

    private static readonly Dictionary<string, byte[]> Unreadable = new()
    {
        ["empty"] = [],
        ["white space"] = Utf8("  \n "),
        ["no JSON"] = Utf8("hello"),
        ["null"] = Utf8("null"),
        ["a list"] = Utf8("[]"),
        ["a list of objects"] = Utf8("[{}]"),
        ["a string"] = Utf8("\"{}\""),
        ["a number"] = Utf8("1"),
        ["cut in a name"] = Utf8("{\"na"),
        ["cut in a value"] = Utf8("{\"name\": \"a"),
        ["cut before the end"] = Utf8("{\"name\": \"a\""),
        ["two values"] = Utf8("{} {}"),
        ["something after it"] = Utf8("{}x"),
        ["a comment"] = Utf8("{/* */}"),
        ["a comma too many"] = Utf8("{\"name\": \"a\",}"),
        ["single quotes"] = Utf8("{'name': 'a'}"),
        ["NaN"] = Utf8("{\"name\": NaN}"),
        ["a byte order mark"] = [0xEF, 0xBB, 0xBF, .. "{}"u8],
        ["UTF-16"] = Encoding.Unicode.GetBytes("{}"),
        ["not UTF-8 in a value"] = [.. "{\"name\": \""u8, 0xC3, 0x28, .. "\"}"u8],
        ["not UTF-8 in a name"] = [.. "{\""u8, 0xFF, .. "\": 1}"u8],
        ["a surrogate as UTF-8"] = [.. "{\"name\": \""u8, 0xED, 0xA0, 0x80, .. "\"}"u8],
        ["a bare NUL"] = Utf8("{\"name\": \"a\0b\"}"),
        ["NUL after it"] = Utf8("{}\0"),
        ["half a surrogate pair in a name"] = Utf8("""{"\ud800": 1}"""),
        ["a member twice"] = Utf8("""{"name": "a", "name": "b"}"""),
        ["a member twice by an escape"] = Utf8("""{"name": "a", "\u006eame": "b"}"""),
        ["an unknown member twice"] = Utf8("""{"x": 1, "x": 1}"""),
        ["deep lists"] = Utf8(Deep.Replace("§", new string('[', 1000) + new string(']', 1000), StringComparison.Ordinal)),
        ["deep objects"] = Utf8(Deep.Replace(
            "§", string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1000), StringComparison.Ordinal)),
        ["deep and never closed"] = Utf8(new string('[', 100_000)),
    };

    public static TheoryData<string> Kinds => [.. Unreadable.Keys];

    /// <summary>Routes, bodies of the wrong shape, and where.</summary>
    public static TheoryData<string, string, string> WrongTypes => new()
    {
        { "POST", "/contacts", """{"email": 5}""" },
        { "POST", "/contacts", """{"email": ["a@example.org"]}""" },
        { "POST", "/contacts", """{"email": {"address": "a@example.org"}}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "name": true}""" },
        { "PUT", "/contacts/{contact}", """{"email": "a@example.org", "attributes": []}""" },
        { "PUT", "/contacts/{contact}", """{"email": "a@example.org", "attributes": "city"}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "attributes": {"a": 1, "a": 2}}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "attributes": {"a": {"b": 1, "b": 2}}}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "Email": "b@example.org"}""" },
        { "POST", "/suppressions", """{"email": "a@example.org", "reason": 1}""" },
        { "POST", "/segments", """{"name": 1}""" },
        { "PUT", "/segments/{segment}", """{"name": ["a"]}""" },
        { "PUT", "/segments/{segment}/contacts", """{"contactIds": 1}""" },
        { "PUT", "/segments/{segment}/contacts", """{"contactIds": "1"}""" },
        { "PUT", "/segments/{segment}/contacts", """{"contactIds": ["1"]}""" },
        { "PUT", "/segments/{segment}/contacts", """{"contactIds": [null]}""" },
        { "PUT", "/segments/{segment}/contacts", """{"contactIds": [1.5]}""" },
        { "PUT", "/segments/{segment}/contacts", """{"contactIds": [9223372036854775808]}""" },
        { "POST", "/templates", """{"name": "a", "subject": 1, "text": "a"}""" },
        { "PUT", "/templates/{template}", """{"name": "a", "subject": "a", "text": {"a": "b"}}""" },
        { "POST", "/templates/{template}/preview", """{"contactId": "1"}""" },
        { "POST", "/templates/{template}/preview", """{"contactId": 1e99}""" },
        { "POST", "/campaigns", """{"name": "a", "templateId": "{template}"}""" },
        { "POST", "/campaigns", """{"name": "a", "templateId": 1.5}""" },
        { "PUT", "/campaigns/{campaign}", """{"name": "a", "templateId": {template}, "segmentIds": {segment}}""" },
        { "PUT", "/campaigns/{campaign}", """{"name": "a", "templateId": {template}, "segmentIds": ["{segment}"]}""" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "policy": 1}""" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "policy": "sometimes"}""" },
        { "PATCH", "/settings", """{"auth": "user:password"}""" },
        { "PATCH", "/settings", """{"auth": {"user": 1, "password": "p"}}""" },
        { "PATCH", "/settings", """{"auth": {"user": "u", "password": "p", "token": "t"}}""" },
        { "PATCH", "/settings", """{"email_from": "news@example.org"}""" },
        { "PATCH", "/settings", """{"emailFrom": {"email": "news@example.org"}}""" },
        { "PATCH", "/settings", """{"headers": ["X-A"]}""" },
        { "PATCH", "/settings", """{"headers": {"X-A": 1}}""" },
    };

    /// <summary>Routes, bodies that break a rule, and the field that must be named.</summary>
    public static TheoryData<string, string, string, string> Rules => new()
    {
        { "POST", "/contacts", "{}", "email" },
        { "POST", "/contacts", """{"email": null}""", "email" },
        { "POST", "/contacts", """{"email": "a@example.org", "name": "a\r\nBcc: eve@example.org"}""", "name" },
        { "POST", "/contacts", """{"email": "a@example.org", "attributes": {"": 1}}""", "attributes" },
        { "PUT", "/contacts/{contact}", """{"name": "a"}""", "email" },
        { "POST", "/suppressions", "{}", "email" },
        { "POST", "/segments", "{}", "name" },
        { "POST", "/segments", """{"name": "   "}""", "name" },
        { "PUT", "/segments/{segment}", """{"name": "§long§"}""", "name" },
        { "POST", "/templates", """{"subject": "a", "text": "a"}""", "name" },
        { "POST", "/templates", """{"name": "a", "text": "a"}""", "subject" },
        { "POST", "/templates", """{"name": "a", "subject": "  ", "text": "a"}""", "subject" },
        { "POST", "/templates", """{"name": "a", "subject": "§long§§long§", "text": "a"}""", "subject" },
        { "POST", "/templates", """{"name": "a", "subject": "a\nBcc: eve@example.org", "text": "a"}""", "subject" },
        { "POST", "/templates", """{"name": "a", "subject": "a"}""", "html" },
        { "POST", "/templates", """{"name": "§long§", "subject": "a", "text": "a"}""", "name" },
        { "PUT", "/templates/{template}", """{"name": "a", "subject": "a", "text": "a", "language": "php"}""", "language" },
        { "POST", "/campaigns", """{"templateId": {template}}""", "name" },
        { "POST", "/campaigns", """{"name": "§long§", "templateId": {template}}""", "name" },
        { "POST", "/campaigns", """{"name": "a"}""", "templateId" },
        { "POST", "/campaigns", """{"name": "a", "templateId": 0}""", "templateId" },
        { "POST", "/campaigns", """{"name": "a", "templateId": 9223372036854775807}""", "templateId" },
        { "PUT", "/campaigns/{campaign}", """{"name": "a", "templateId": 999999}""", "templateId" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "segmentIds": [999999]}""", "segmentIds" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "excludeSegmentIds": [0]}""", "excludeSegmentIds" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "segmentIds": [§ids§]}""", "segmentIds" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "lane": "nowhere"}""", "lane" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "subject": " "}""", "subject" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "subject": "a\rb"}""", "subject" },
        { "PATCH", "/settings", """{"auth": {}, "lane": "bulk"}""", "auth.user" },
        { "PATCH", "/settings", """{"auth": {"user": "u"}}""", "auth.password" },
        { "PATCH", "/settings", """{"auth": {"user": "a:b", "password": "p"}}""", "auth.user" },
        { "PATCH", "/settings", """{"auth": {"user": "u", "password": "p"}, "lane": "nowhere"}""", "lane" },
        { "PATCH", "/settings", """{"lane": "bulk"}""", "lane" },
        { "PATCH", "/settings", """{"email_from": {"name": "Shop"}}""", "email_from.email" },
        { "PATCH", "/settings", """{"email_from": {"email": "nobody"}}""", "email_from.email" },
        { "PATCH", "/settings", """{"email_from": {"email": "a@example.org", "name": "R\r\nBcc: eve@example.org"}}""", "email_from.name" },
        { "PATCH", "/settings", """{"headers": {"Bcc": "eve@example.org"}}""", "headers" },
        { "PATCH", "/settings", """{"headers": {"X-A": null}}""", "headers" },
        { "PATCH", "/settings", """{"headers": {"X-A": "1", "x-a": "2"}}""", "headers" },
        { "PATCH", "/settings", """{"headers": {"X-A": "a\r\nBcc: eve@example.org"}}""", "headers" },
        { "PATCH", "/settings", """{"headers": {"X A": "1"}}""", "headers" },
        { "PATCH", "/settings", """{"headers": {"X-A": "§999§"}}""", "headers" },
        { "PATCH", "/settings", """{"headers": {§31§}}""", "headers" },
    };

    /// <summary>Routes and bodies with a text in each place that takes one.</summary>
    public static TheoryData<string, string, string> Texts => new()
    {
        { "POST", "/contacts", """{"email": "§@example.org"}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "name": "§"}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "firstName": "§"}""" },
        { "PUT", "/contacts/{contact}", """{"email": "a@example.org", "lastName": "§"}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "attributes": {"a": "§"}}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "attributes": {"§": "a"}}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "attributes": {"a": [{"b": "§"}]}}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "attributes": {"a": {"§": 1}}}""" },
        { "POST", "/suppressions", """{"email": "§@example.org"}""" },
        { "POST", "/suppressions", """{"email": "a@example.org", "reason": "§"}""" },
        { "POST", "/segments", """{"name": "§"}""" },
        { "PUT", "/segments/{segment}", """{"name": "§"}""" },
        { "POST", "/templates", """{"name": "§", "subject": "a", "text": "a"}""" },
        { "POST", "/templates", """{"name": "a", "subject": "§", "text": "a"}""" },
        { "POST", "/templates", """{"name": "a", "subject": "a", "text": "§"}""" },
        { "PUT", "/templates/{template}", """{"name": "a", "subject": "a", "html": "§"}""" },
        { "POST", "/templates", """{"name": "a", "subject": "a", "text": "a", "language": "§"}""" },
        { "POST", "/campaigns", """{"name": "§", "templateId": {template}}""" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "subject": "§"}""" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "lane": "§"}""" },
        { "PUT", "/campaigns/{campaign}", """{"name": "a", "templateId": {template}, "policy": "§"}""" },
        { "PATCH", "/settings", """{"auth": {"user": "§", "password": "p"}}""" },
        { "PATCH", "/settings", """{"auth": {"user": "u", "password": "§"}}""" },
        { "PATCH", "/settings", """{"auth": {"user": "u", "password": "p"}, "lane": "§"}""" },
        { "PATCH", "/settings", """{"email_from": {"email": "a@example.org", "name": "§"}}""" },
        { "PATCH", "/settings", """{"email_from": {"email": "§@example.org"}}""" },
        { "PATCH", "/settings", """{"headers": {"X-A": "§"}}""" },
        { "PATCH", "/settings", """{"headers": {"§": "a"}}""" },
    };

    /// <summary>A body of one of the <see cref="Kinds"/>.</summary>
    public static byte[] Of(string kind) => Unreadable[kind];

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
