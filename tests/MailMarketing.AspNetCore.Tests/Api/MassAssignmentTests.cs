using System.Text.Json;
using System.Text.Json.Nodes;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>What a program sends back with everything changed: only what is a client's to change does.</summary>
[Trait("Fault", "S-33")]
public sealed class MassAssignmentTests(ApiHost host)
{
    public static TheoryData<string, string[]> Things => new()
    {
        { "contacts", ["email", "name", "firstName", "lastName", "attributes"] },
        { "segments", ["name"] },
        { "templates", ["name", "source", "subject", "html", "text", "markdown", "language", "preheader", "translations"] },
        { "campaigns", ["name", "templateId", "templateName", "segmentIds", "excludeSegmentIds", "source", "subject", "lane", "policy"] },
    };

    [Theory]
    [MemberData(nameof(Things))]
    public async Task What_is_not_a_clients_to_change_stays(string thing, string[] writable)
    {
        var id = thing switch
        {
            "contacts" => await host.AddContactAsync(host.NewEmail()),
            "segments" => await host.AddSegmentAsync(host.NewEmail()),
            "templates" => await host.AddTemplateAsync(),
            _ => await host.AddCampaignAsync(await host.AddTemplateAsync(), await host.AddSegmentAsync(host.NewEmail())),
        };
        var before = JsonNode.Parse((await host.GetAsync($"/{thing}/{id}")).Succeeded().Body)!.AsObject();
        var sent = before.DeepClone().AsObject();
        var locked = before.Select(member => member.Key).Except(writable).ToList();
        Assert.Contains("id", locked);
        foreach (var name in locked)
        {
            sent[name] = Another(before[name]);
        }

        sent["name"] = host.NewName("Changed");
        sent["isAdmin"] = true;
        sent["role"] = "administrator";
        var answer = await host.PutAsync($"/{thing}/{id}", sent.ToJsonString());
        Assert.InRange((int)answer.Status, 200, 422);

        var after = JsonNode.Parse((await host.GetAsync($"/{thing}/{id}")).Succeeded().Body)!.AsObject();
        Assert.Equal(before.Select(member => member.Key), after.Select(member => member.Key));
        foreach (var name in locked.Except(["updatedAt", "version", "warnings"]))
        {
            Assert.True(JsonNode.DeepEquals(before[name], after[name]), $"{name} of {thing} was changed to {after[name]}");
        }
    }

    private static JsonNode Another(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Number => JsonValue.Create(987_654),
        JsonValueKind.True or JsonValueKind.False => JsonValue.Create(!value.GetValue<bool>()),
        JsonValueKind.Object => new JsonObject(value.AsObject().Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Another(member.Value)))),
        JsonValueKind.Array => new JsonArray(987_654),
        _ => JsonValue.Create("1999-01-01T00:00:00Z"),
    };
}
