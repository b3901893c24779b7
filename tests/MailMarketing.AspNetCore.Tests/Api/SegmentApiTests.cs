using System.Net;

namespace MailMarketing.AspNetCore.Tests.Api;

public sealed class SegmentApiTests(ApiHost host)
{
    [Fact]
    public async Task A_segment_is_added_renamed_filled_emptied_and_deleted()
    {
        var id = await host.AddSegmentAsync();
        var (first, second) = (await host.AddContactAsync(host.NewEmail()), await host.AddContactAsync(host.NewEmail()));
        var members = $"/segments/{id}/contacts";
        (await host.PutAsync(members, $$"""{"contactIds": [{{first}}, {{second}}, {{first}}]}""")).Succeeded(HttpStatusCode.NoContent);
        (await host.PutAsync(members, $$"""{"contactIds": [{{second}}]}""")).Succeeded(HttpStatusCode.NoContent);
        (await host.PutAsync(members, """{"contactIds": []}""")).Succeeded(HttpStatusCode.NoContent);
        Assert.Equal(2, (await host.GetAsync($"/segments/{id}")).Succeeded().Json.GetProperty("members").GetInt64());
        Assert.Equal([first, second], (await host.GetAsync(members)).Items.Select(item => item.GetProperty("id").GetInt64()));
        Assert.Equal(id, Assert.Single((await host.GetAsync($"/contacts/{first}/segments"))
            .Succeeded().Items).GetProperty("id").GetInt64());

        (await host.DeleteAsync($"{members}/{first}")).Succeeded(HttpStatusCode.NoContent);
        (await host.DeleteAsync($"{members}/{first}")).Refused(HttpStatusCode.NotFound);
        Assert.Empty((await host.GetAsync($"/contacts/{first}/segments")).Items);
        var name = host.NewName("Renamed");
        Assert.Equal(name, (await host.PutAsync($"/segments/{id}", $$"""{"name": " {{name}} "}"""))
            .Succeeded().Json.GetProperty("name").GetString());

        (await host.DeleteAsync($"/segments/{id}")).Succeeded(HttpStatusCode.NoContent);
        (await host.GetAsync(members)).Refused(HttpStatusCode.NotFound);
        (await host.GetAsync($"/contacts/{second}")).Succeeded();
    }

    [Fact]
    public async Task A_name_that_another_segment_has_is_a_conflict()
    {
        var name = host.NewName("Straße");
        (await host.PostAsync("/segments", $$"""{"name": "{{name}}"}""")).Succeeded(HttpStatusCode.Created);
        var other = await host.AddSegmentAsync();
        (await host.PostAsync("/segments", $$"""{"name": " {{name.ToUpperInvariant()}} "}""")).Refused(HttpStatusCode.Conflict, "name");
        (await host.PutAsync($"/segments/{other}", $$"""{"name": "{{name}}"}""")).Refused(HttpStatusCode.Conflict, "name");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"contactIds": null}""")]
    [InlineData("""{"contactIds": [0, -1, 9223372036854775807]}""")]
    public async Task Members_that_are_missing_or_unknown_are_refused_and_nobody_is_added(string body)
    {
        var known = await host.AddContactAsync(host.NewEmail());
        var id = await host.AddSegmentAsync();
        (await host.PutAsync($"/segments/{id}/contacts", body.Replace("[", $"[{known}, ", StringComparison.Ordinal)))
            .Refused(HttpStatusCode.UnprocessableEntity, "contactIds");
        Assert.Empty((await host.GetAsync($"/segments/{id}/contacts")).Items);
    }
}
