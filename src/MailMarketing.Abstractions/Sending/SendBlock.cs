namespace MailMarketing;

/// <summary>Jobs claimed together under one fence.</summary>
/// <param name="Fence">Assigned by the store, never reused; every later write of these jobs names it.</param>
/// <param name="Jobs">At least one.</param>
public sealed record SendBlock(long Fence, IReadOnlyList<SendJob> Jobs);
