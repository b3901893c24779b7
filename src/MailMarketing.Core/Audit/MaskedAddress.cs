namespace MailMarketing;

/// <summary>An address as the audit log has it: enough to recognise, too little to write to.</summary>
internal static class MaskedAddress
{
    public static string Of(EmailAddress address) => $"{address.Value[0]}…{address.Value[address.Value.IndexOf('@', StringComparison.Ordinal)..]}";
}
