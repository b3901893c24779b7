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
