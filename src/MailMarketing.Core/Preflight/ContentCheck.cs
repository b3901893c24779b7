using System.Globalization;

namespace MailMarketing;

/// <summary>Looks at the HTML of emails: links, images, and how much there is to read.</summary>
internal static class ContentCheck
{
    private const int Examples = 3;
    private const int LettersPerImage = 100;
    private const int HardlyAnything = 20;

    public static IEnumerable<PreflightItem> Of(IReadOnlyCollection<RenderedEmail> emails)
    {
        var pages = emails.Select(email => email.Html).OfType<string>().Select(EmailHtml.Of).ToList();
        return pages.Count == 0 ? [] : [Links(pages), AlternativeTexts(pages), Images(pages)];
    }

    private static PreflightItem Links(List<EmailHtml> pages)
    {
        var all = pages.SelectMany(page => page.Links.Select(link => (link, Judged: LinkRules.Judge(link, page.Places)))).ToList();
        var bad = all.Where(one => one.Judged is not null).Select(one => (one.link, Judged: one.Judged!.Value))
            .DistinctBy(one => one.link).OrderByDescending(one => one.Judged.IsError).ToList();
        if (bad.Count == 0)
        {
            return PreflightItem.Ok("links", all.Count == 0 ? "There are no links" : "Every link leads somewhere");
        }

        var level = bad[0].Judged.IsError ? PreflightLevel.Error : PreflightLevel.Warning;
        var title = bad.Count == 1 ? "A link leads nowhere" : Say($"{bad.Count} links lead nowhere");
        var detail = string.Join(' ', bad.Take(Examples).Select(one => $"{Quoted(one.link)} {one.Judged.Mistake}."));
        return new PreflightItem("links", level, title, detail, "Give each link an address that begins with https://.");
    }

    private static PreflightItem AlternativeTexts(List<EmailHtml> pages)
    {
        var bad = pages.SelectMany(page => page.Images).Where(image => !image.HasText).Select(image => image.Address).Distinct().ToList();
        return bad.Count == 0
            ? PreflightItem.Ok("images-alt", "Every image has an alternative text")
            : PreflightItem.Warning(
                "images-alt", bad.Count == 1 ? "An image has no alternative text" : Say($"{bad.Count} images have no alternative text"),
                string.Join(' ', bad.Take(Examples).Select(Quoted)),
                "Write alt=\"…\" for who cannot see images or has them off; alt=\"\" for mere decoration.");
    }

    private static PreflightItem Images(List<EmailHtml> pages)
    {
        var bad = pages.FirstOrDefault(page =>
            page.Images.Count > 0 && page.Letters < (page.Images.Count == 1 ? HardlyAnything : page.Images.Count * LettersPerImage));
        return bad is null
            ? PreflightItem.Ok("images-text", "There is text enough beside the images")
            : PreflightItem.Warning(
                "images-text", "There are many images for little text", Say($"Images: {bad.Images.Count}. Letters: {bad.Letters}."),
                "Say in words what the images show: filters distrust emails of images, and many people have images off.");
    }

    private static string Quoted(string address) => $"“{(address.Length > 80 ? $"{address[..80]}…" : address)}”";

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
