using System.Globalization;

namespace MailMarketing.Storage.Redis;

/// <summary>What a job is recognised by, as one text: <c>n:1:42</c> for the number 42 in round 1, <c>s:1:42</c> for the text.</summary>
internal readonly record struct JobName(JobId Id, int Round)
{
    public static JobName Parse(string text)
    {
        var end = text.IndexOf(':', 2);
        return new JobName(new JobId(text[(end + 1)..], text[0] == 'n'), int.Parse(text.AsSpan(2, end - 2), CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Id.IsNumber ? 'n' : 's')}:{Round}:{Id.Text}");
}
