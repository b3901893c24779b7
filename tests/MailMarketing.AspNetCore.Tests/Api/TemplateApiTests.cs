using System.Net;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Api;

public sealed class TemplateApiTests(ApiHost host)
{
    [Fact]
    public async Task A_template_is_added_replaced_previewed_and_deleted()
    {
        var name = host.NewName("News");
        var added = (await host.PostAsync("/templates", $$$"""
            {"name": "{{{name}}}", "subject": "Hi {{ name }}", "html": "<p title='{{ name }}'>{{ name }}</p>", "text": "{{ name }}"}
            """)).Succeeded(HttpStatusCode.Created).Json;
        Assert.Equal("scriban", added.GetProperty("language").GetString());
        Assert.Equal(1, added.GetProperty("version").GetInt32());
        var id = added.GetProperty("id").GetInt64();

        var email = host.NewEmail();
        var contact = (await host.PostAsync("/contacts", $$$"""
            {"email": "{{{email}}}", "name": "<script>alert(1)</script>\"'& {{ 7*7 }}"}
            """)).Succeeded(HttpStatusCode.Created).Id;
        var preview = (await host.PostAsync($"/templates/{id}/preview", $$"""{"contactId": {{contact}}}""")).Succeeded().Json;
        Assert.DoesNotContain("<script>", preview.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("49", preview.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>\"'& {{ 7*7 }}", preview.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("Ada", (await host.PostAsync($"/templates/{id}/preview", "{}")).Succeeded().Body, StringComparison.Ordinal);

        var replaced = (await host.PutAsync($"/templates/{id}", $$"""{"name": "{{name}}", "subject": "Ho", "text": "Hello {name}", "language": "braces"}"""))
            .Succeeded().Json;
        Assert.Equal(2, replaced.GetProperty("version").GetInt32());
        Assert.Equal(JsonValueKind.Null, replaced.GetProperty("html").ValueKind);
        (await host.DeleteAsync($"/templates/{id}")).Succeeded(HttpStatusCode.NoContent);
        (await host.PostAsync($"/templates/{id}/preview", "{}")).Refused(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("Hello\\n  {{ nope }}", 2, 6)]
    [InlineData("Hello {{ contact.name", 1, 0)]
    [InlineData("{{# open comment", 1, 0)]
    [InlineData("{{ for x in attributes }}", 1, 0)]
    [InlineData("{{ include 'x' }}", 1, 0)]
    [InlineData("{{ object.eval '1' }}", 1, 0)]
    public async Task A_template_with_mistakes_is_refused_with_their_places(string text, int line, int column)
    {
        var body = $$"""{"name": "{{host.NewName("Broken")}}", "subject": "Hi", "text": "{{text}}"}""";
        var known = await host.AddTemplateAsync();
        foreach (var answer in new[] { await host.PostAsync("/templates", body), await host.PutAsync($"/templates/{known}", body) })
        {
            answer.Refused(HttpStatusCode.UnprocessableEntity);
            var mistake = answer.Json.GetProperty("mistakes")[0];
            Assert.Equal("text", mistake.GetProperty("part").GetString());
            Assert.Equal(line, mistake.GetProperty("line").GetInt32());
            Assert.InRange(mistake.GetProperty("column").GetInt32(), Math.Max(1, column), column == 0 ? 100 : column);
            Assert.NotEmpty(mistake.GetProperty("message").GetString()!);
            Assert.NotEmpty(answer.Json.GetProperty("errors").GetProperty("text")[0].GetString()!);
        }

        Assert.Equal(1, (await host.GetAsync($"/templates/{known}")).Json.GetProperty("version").GetInt32());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("!")]
    [InlineData("{{ if true }}")]
    public async Task A_template_nested_out_of_all_measure_is_refused_and_the_host_lives(string open)
    {
        var nested = string.Concat(Enumerable.Repeat(open, 200_000 / open.Length));
        (await host.PostAsync("/templates", $$$"""{"name": "{{{host.NewName("Deep")}}}", "subject": "Hi", "text": "{{ {{{nested}}}"}"""))
            .Refused(HttpStatusCode.UnprocessableEntity);
        (await host.GetAsync("/settings")).Succeeded();
    }

    [Fact]
    public async Task Layouts_and_partials_stand_in_emails_and_mistakes_say_where()
    {
        var (frame, footer, mail) = (host.NewName("frame"), host.NewName("footer"), host.NewName("mail"));
        (await host.PostAsync("/templates", $$$"""{"name": "{{{footer}}}", "kind": "partial", "html": "<i>Bye {{ name }}</i>"}""")).Succeeded(HttpStatusCode.Created);
        (await host.PostAsync("/templates", $$$"""
            {"name": "{{{frame}}}", "kind": "layout", "html": "<style>p{color:#123}</style><body>{{ content }}{{ include '{{{footer}}}' }}</body>"}
            """)).Succeeded(HttpStatusCode.Created);
        var id = (await host.PostAsync("/templates", $$$"""
            {"name": "{{{mail}}}", "subject": "s", "preheader": "Psst", "markdown": "{{ layout '{{{frame}}}' }}\n\nHello **{{ name ?? 'you' }}**"}
            """)).Succeeded(HttpStatusCode.Created).Id;
        var preview = (await host.PostAsync($"/templates/{id}/preview", "{}")).Succeeded().Json;
        Assert.Contains("Psst</div>", preview.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Contains("<p style=\"color:#123\">Hello <strong>Ada Lovelace</strong></p>", preview.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Equal("Hello Ada Lovelace\n\nBye Ada Lovelace", preview.GetProperty("text").GetString());

        (await host.PutAsync($"/templates/{id}", $$$"""{"name": "{{{mail}}}", "subject": "s", "html": "{{ layout '{{{frame}}}x' }}"}"""))
            .Refused(HttpStatusCode.UnprocessableEntity);
        var segment = (await host.PostAsync("/segments", $$"""{"name": "{{host.NewName("S")}}"}""")).Succeeded(HttpStatusCode.Created).Id;
        var partial = (await host.GetAsync($"/templates?search={footer}")).Json.GetProperty("items")[0].GetProperty("id").GetInt64();
        var campaign = (await host.PostAsync("/campaigns", $$"""{"name": "c", "templateId": {{partial}}, "segmentIds": [{{segment}}]}"""))
            .Succeeded(HttpStatusCode.Created).Id;
        Assert.Contains("part of emails", (await host.PostAsync($"/campaigns/{campaign}/start", "{}")).Refused(HttpStatusCode.Conflict), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doubts_are_told_and_keep_nothing_from_being_stored()
    {
        var body = $$$"""{"name": "{{{host.NewName("Doubt")}}}", "subject": "s", "html": "<p>Dear {{ first_name }}</p>"}""";
        var added = (await host.PostAsync("/templates", body)).Succeeded(HttpStatusCode.Created).Json;
        var warning = added.GetProperty("warnings")[0];
        Assert.Equal(("html", 1, 12, "warning"), (warning.GetProperty("part").GetString()!, warning.GetProperty("line").GetInt32(),
            warning.GetProperty("column").GetInt32(), warning.GetProperty("severity").GetString()!));
        var check = (await host.PostAsync("/templates/check", body)).Succeeded().Json;
        Assert.Equal((0, 1), (check.GetProperty("mistakes").GetArrayLength(), check.GetProperty("warnings").GetArrayLength()));
        var broken = (await host.PostAsync("/templates/check", """{"name": "x", "subject": "s", "html": "{{ first_nam }}"}""")).Succeeded().Json;
        Assert.Contains("`first_name`", broken.GetProperty("mistakes")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_are_listed_compared_and_restored()
    {
        var name = host.NewName("Versions");
        var id = (await host.PostAsync("/templates", $$"""{"name": "{{name}}", "subject": "One", "text": "a\nb\nc"}""")).Succeeded(HttpStatusCode.Created).Id;
        (await host.PutAsync($"/templates/{id}", $$"""{"name": "{{name}}", "subject": "Two", "text": "a\nB\nc"}""")).Succeeded();
        var versions = (await host.GetAsync($"/templates/{id}/versions")).Succeeded().Json;
        Assert.Equal([2, 1], versions.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("version").GetInt32()));
        var lines = (await host.GetAsync($"/templates/{id}/versions/1/compare/2")).Succeeded().Json.GetProperty("lines").EnumerateArray()
            .Select(line => $"{line.GetProperty("part")} {line.GetProperty("change")} {line.GetProperty("text")}");
        Assert.Equal(
            ["subject removed One", "subject added Two", "text kept a", "text removed b", "text added B", "text kept c"], lines);
        var restored = (await host.PostAsync($"/templates/{id}/versions/1/restore", "")).Succeeded().Json;
        Assert.Equal((3, "One"), (restored.GetProperty("version").GetInt32(), restored.GetProperty("subject").GetString()));
        (await host.PostAsync($"/templates/{id}/versions/9/restore", "")).Refused(HttpStatusCode.NotFound);
        (await host.GetAsync($"/templates/{id}/versions/1/compare/9")).Refused(HttpStatusCode.NotFound);
        (await host.GetAsync("/templates/999999/versions")).Refused(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_template_with_placeholders_in_braces_becomes_one_in_scriban()
    {
        var id = (await host.PostAsync("/templates", $$$$$$"""
            {"name": "{{{{{{host.NewName("Braces")}}}}}}", "subject": "Hi {name}", "text": "{{{{x}}}} {{{name}}}: {email}", "language": "braces"}
            """)).Succeeded(HttpStatusCode.Created).Id;
        var before = (await host.PostAsync($"/templates/{id}/preview", "{}")).Succeeded().Json;
        var converted = (await host.PostAsync($"/templates/{id}/convert", "")).Succeeded().Json;
        Assert.Equal(("scriban", "Hi {{ name }}"), (converted.GetProperty("language").GetString(), converted.GetProperty("subject").GetString()));
        var after = (await host.PostAsync($"/templates/{id}/preview", "{}")).Succeeded().Json;
        Assert.Equal("{{x}} {Ada Lovelace}: ada@example.org", after.GetProperty("text").GetString());
        Assert.Equal(before.GetProperty("text").GetString(), after.GetProperty("text").GetString());
        (await host.PostAsync($"/templates/{id}/convert", "")).Refused(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_part_has_256_KiB_at_most()
    {
        (await host.PostAsync("/templates", $$"""{"name": "{{host.NewName("Big")}}", "subject": "Hi", "text": "{{new string('a', 262_144)}}"}"""))
            .Succeeded(HttpStatusCode.Created);
        (await host.PostAsync("/templates", $$"""{"name": "{{host.NewName("Big")}}", "subject": "Hi", "text": "{{new string('a', 262_145)}}"}"""))
            .Refused(HttpStatusCode.UnprocessableEntity, "text");
    }

    [Fact]
    public async Task A_name_that_another_template_has_is_a_conflict()
    {
        var name = host.NewName("Taken");
        var body = $$"""{"name": "{{name}}", "subject": "Hi", "text": "Hello"}""";
        (await host.PostAsync("/templates", body)).Succeeded(HttpStatusCode.Created);
        (await host.PostAsync("/templates", body)).Refused(HttpStatusCode.Conflict, "name");
        (await host.PutAsync($"/templates/{await host.AddTemplateAsync()}", body)).Refused(HttpStatusCode.Conflict, "name");
    }

    [Fact]
    public async Task A_preview_for_nobody_is_a_404() =>
        (await host.PostAsync($"/templates/{await host.AddTemplateAsync()}/preview", """{"contactId": 999999}"""))
            .Refused(HttpStatusCode.NotFound);
}
