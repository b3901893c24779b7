using System.Net;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>The description of the API that a host gives with AddOpenApi and MapOpenApi.</summary>
public sealed class OpenApiTests(ApiHost host)
{
    [Fact]
    public async Task Every_operation_says_what_it_does_what_it_answers_and_how_it_refuses()
    {
        var document = await DocumentAsync();
        var operations = Operations(document).ToList();
        Assert.True(operations.Count >= 40);
        Assert.All(operations, operation =>
        {
            var (name, json) = operation;
            Assert.True(json.TryGetProperty("summary", out var summary) && summary.GetString()!.Length > 5, $"{name} has no summary.");
            Assert.True(json.GetProperty("tags").GetArrayLength() == 1, $"{name} has no tag.");
            var responses = json.GetProperty("responses").EnumerateObject().ToList();
            var success = responses.Where(response => response.Name[0] == '2').ToList();
            Assert.True(success.Count > 0, $"{name} has no success.");
            Assert.All(success, response => Assert.True(
                response.Name == "204" || NamedSchema(response.Value, "application/json")
                    || response.Value.GetProperty("content").TryGetProperty("application/x-ndjson", out _)
                    || response.Value.GetProperty("content").TryGetProperty("application/octet-stream", out _),
                $"{name} does not describe its answer {response.Name}."));
            Assert.DoesNotContain(responses, response => response.Name == "500");
            var refusals = responses.Where(response => response.Name[0] is '4' or '5').ToList();
            // Reading the settings is only ever refused where the sending side is another process, the templates in code never
            Assert.True(refusals.Exists(response => response.Name[0] == '4') || name is "get /api/v1/settings" or "get /api/v1/templates/code");
            Assert.All(refusals, response => Assert.Equal("#/components/schemas/ApiProblem",
                response.Value.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString()));
        });
    }

    [Fact]
    public async Task Every_body_is_described_by_a_named_schema()
    {
        var document = await DocumentAsync();
        var withBody = Operations(document).Where(operation => operation.Json.TryGetProperty("requestBody", out _)).ToList();
        Assert.Equal(21, withBody.Count);
        Assert.All(withBody, operation =>
        {
            var content = operation.Json.GetProperty("requestBody").GetProperty("content");
            var type = operation.Name.EndsWith("/import", StringComparison.Ordinal) ? "text/csv" : "application/json";
            Assert.Equal(type, Assert.Single(content.EnumerateObject()).Name);
            Assert.True(type == "text/csv" || NamedSchema(operation.Json.GetProperty("requestBody"), type), operation.Name);
        });
        var contact = Schema(document, "ContactBody");
        Assert.Equal("email", Assert.Single(contact.GetProperty("required").EnumerateArray()).GetString());
        Assert.Equal(128, contact.GetProperty("properties").GetProperty("name").GetProperty("maxLength").GetInt32());
    }

    [Fact]
    public async Task Every_list_describes_limit_cursor_and_search()
    {
        var document = await DocumentAsync();
        var lists = Operations(document).Where(operation => operation.Json.GetProperty("responses").TryGetProperty("200", out var ok)
            && ok.GetProperty("content").TryGetProperty("application/json", out var json) && json.GetProperty("schema").TryGetProperty("$ref", out var schema)
            && schema.GetString()!.Contains("/PageOf", StringComparison.Ordinal)
            && operation.Name != "get /api/v1/contacts/{id}/segments").ToList();
        Assert.Equal(9, lists.Count);
        Assert.All(lists, list =>
        {
            var query = Query(list.Json);
            Assert.All(new[] { "limit", "cursor", "search" }, name => Assert.Contains(name, query.Keys));
            Assert.All(query.Values, parameter => Assert.True(parameter.GetProperty("description").GetString()!.Length > 10, list.Name));
            Assert.All(
                query.Values, parameter => Assert.False(parameter.TryGetProperty("required", out var required) && required.GetBoolean(), list.Name));
            var limit = query["limit"].GetProperty("schema");
            Assert.Contains("integer", limit.GetProperty("type").GetRawText(), StringComparison.Ordinal);
            Assert.Equal(1, limit.GetProperty("minimum").GetInt32());
            Assert.Equal(1000, limit.GetProperty("maximum").GetInt32());
        });
        Assert.Contains(
            "status", Query(Operations(document).Single(operation => operation.Name == "get /api/v1/campaigns/{id}/deliveries").Json).Keys);
        Assert.Contains(
            "segmentId", Query(Operations(document).Single(operation => operation.Name == "post /api/v1/contacts/import").Json).Keys);
    }

    [Fact]
    public async Task States_are_listed_by_name_and_numbers_are_numbers()
    {
        var document = await DocumentAsync();
        var campaign = Schema(document, "CampaignView").GetProperty("properties");
        Assert.Equal(
            ["draft", "scheduled", "running", "paused", "completed", "cancelled"],
            Resolve(document, campaign.GetProperty("state")).GetProperty("enum").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("integer", campaign.GetProperty("id").GetProperty("type").GetString());
        Assert.Equal(
            "integer", Schema(document, "CountsView").GetProperty("properties").GetProperty("authFailure").GetProperty("type").GetString());
    }

    private static bool NamedSchema(JsonElement message, string type) =>
        message.TryGetProperty("content", out var content) && content.TryGetProperty(type, out var media)
        && media.GetProperty("schema").TryGetProperty("$ref", out _);

    private static Dictionary<string, JsonElement> Query(JsonElement operation) => operation.GetProperty("parameters").EnumerateArray()
        .Where(parameter => parameter.GetProperty("in").GetString() == "query")
        .ToDictionary(parameter => parameter.GetProperty("name").GetString()!);

    private static JsonElement Schema(JsonElement document, string name) =>
        document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private static JsonElement Resolve(JsonElement document, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? Schema(document, reference.GetString()!.Split('/')[^1]) : schema;

    private static IEnumerable<(string Name, JsonElement Json)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name} {path.Name}", operation.Value);

    private async Task<JsonElement> DocumentAsync() =>
        (await host.SendAsync(HttpMethod.Get, "/openapi/v1.json", null)).Succeeded(HttpStatusCode.OK).Json;
}
