using System.Net;
using System.Text;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>People who stop wanting mail while a campaign to them is on its way, by every way there is.</summary>
public sealed class WithdrawalTests(ApiHost host)
{
    [Fact]
    public async Task Nobody_who_opted_out_after_the_start_gets_anything()
    {
        string[] people = [.. Enumerable.Range(0, 7).Select(_ => host.NewEmail("later"))];
        var campaign = await host.AddCampaignAsync(await host.AddTemplateAsync(), await host.AddSegmentAsync(people));
        (await host.PostAsync($"/campaigns/{campaign}/start")).Succeeded(HttpStatusCode.Accepted);
        await host.UntilAsync($"/campaigns/{campaign}", shown => shown.GetProperty("counts").GetProperty("retry").GetInt32() == people.Length);
        var contacts = (await host.GetAsync($"/campaigns/{campaign}/deliveries")).Items.Select(item => item.GetProperty("contactId").GetInt64()).ToList();

        (await host.PostAsync("/suppressions", $$"""{"email": "{{people[0].ToUpperInvariant()}}"}""")).Succeeded(HttpStatusCode.NoContent);
        (await host.SendAsync(HttpMethod.Post, new Uri(LinkTo(people[1])).AbsolutePath, OneClick())).Succeeded();
        (await host.DeleteAsync($"/contacts/{contacts[2]}")).Succeeded(HttpStatusCode.NoContent);
        (await host.ImportAsync($"email,status\n{people[3]},Unsubscribed\n")).Succeeded(HttpStatusCode.Accepted);
        (await host.PostAsync($"/contacts/{contacts[4]}/unsubscribe")).Succeeded(HttpStatusCode.NoContent);

        // Whose consent comes back is left out all the same: the delivery has ended
        (await host.PostAsync($"/contacts/{contacts[5]}/unsubscribe")).Succeeded(HttpStatusCode.NoContent);
        (await host.PostAsync($"/contacts/{contacts[5]}/subscribe")).Succeeded(HttpStatusCode.NoContent);

        var counts = (await host.UntilAsync(campaign, "completed")).Json.GetProperty("counts");
        Assert.Equal(
            (1, 5, 1),
            (counts.GetProperty("success").GetInt32(), counts.GetProperty("suppressed").GetInt32(), counts.GetProperty("cancelled").GetInt32()));
        Assert.All(people.SkipLast(1), person => Assert.Empty(host.Gateway.SentTo(person)));
        Assert.Single(host.Gateway.SentTo(people[^1]));
    }

    private static StringContent OneClick() => new("List-Unsubscribe=One-Click", Encoding.ASCII, "application/x-www-form-urlencoded");

    private string LinkTo(string email) => host.Gateway.FirstTo(email).Headers["List-Unsubscribe"].Trim('<', '>');
}
