using MailMarketing.Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace MailMarketing.Dashboard.Tests;

public sealed class ListPlaceTests
{
    [Fact]
    public void A_place_survives_the_address()
    {
        var navigation = new FixedAddress("contacts?tab=all");
        var place = new ListPlace { Search = "ada & co", OldestFirst = true }.Next("c1").Next("c2");

        var again = ListPlace.Read(new FixedAddress(place.ToUri(navigation, "members")), "members");

        Assert.Equal(("ada & co", true), (again.Search, again.OldestFirst));
        Assert.Equal(["c1", "c2"], again.Trail);
        Assert.Contains("tab=all", place.ToUri(navigation, "members"), StringComparison.Ordinal);
        Assert.Empty(ListPlace.Read(new FixedAddress(place.ToUri(navigation, "members")), null).Trail);
    }

    [Fact]
    public void Going_back_retraces_the_pages()
    {
        var place = new ListPlace().Next("c1").Next("c2");

        Assert.Equal(["c1"], place.Previous().Trail);
        Assert.Empty(place.Previous().Previous().Previous().Trail);
        Assert.Empty(place.First().Trail);
    }

    [Fact]
    public void A_long_trail_keeps_the_address_short_and_the_place_right()
    {
        var place = Enumerable.Range(0, 2000).Aggregate(new ListPlace(), (here, n) => here.Next($"cursor{n}"));

        Assert.Equal("cursor1999", place.Trail[^1]);
        Assert.InRange(place.ToUri(new FixedAddress(""), null).Length, 100, 4000);
    }

    private sealed class FixedAddress : NavigationManager
    {
        public FixedAddress(string address) =>
            Initialize("http://localhost/mail/", new Uri(new Uri("http://localhost/mail/"), address).ToString());
    }
}
