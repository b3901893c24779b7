namespace MailMarketing.Simulation;

/// <summary>What is taken out of a run, to prove that the checker sees it missing.</summary>
internal enum Weakness
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Writes of a claim that was lost are taken as if it were not.</summary>
    Fence,

    /// <summary>Nothing is written before messages leave.</summary>
    Mark,

    /// <summary>A job that comes again is not recognised.</summary>
    UniqueKey,

    /// <summary>A message is not rendered from the same data each time.</summary>
    FrozenBytes,
}
