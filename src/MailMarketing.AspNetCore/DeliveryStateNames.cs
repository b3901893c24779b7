namespace MailMarketing.AspNetCore;

/// <summary>The names of delivery states on the wire, such as <c>auth_failure</c>.</summary>
internal static class DeliveryStateNames
{
    private static readonly Dictionary<DeliveryState, string> Names = Enum.GetValues<DeliveryState>()
        .ToDictionary(state => state, state => state == DeliveryState.AuthFailure ? "auth_failure" : state.ToString().ToLowerInvariant());

    public static IReadOnlyCollection<string> All => Names.Values;

    public static string Write(DeliveryState state) => Names[state];

    public static DeliveryState? Read(string name) =>
        Names.Where(pair => pair.Value == name).Select(pair => (DeliveryState?)pair.Key).FirstOrDefault();
}
