using System.Text;

namespace MailMarketing.Dashboard.Samples;

/// <summary>200 people who do not exist, the same ones every time.</summary>
internal static class SamplePeople
{
    private const int Count = 200;

    private static readonly string[] _firstNames =
    [
        "Amara", "Anna", "Arjun", "Beatriz", "Camille", "Carlos", "Chidi", "Daniel", "Elif", "Emma", "Erik", "Fatima", "Felix", "Giulia",
        "Hana", "Ines", "Ivan", "Jakub", "Johanna", "Julia", "Kenji", "Lars", "Leila", "Lucas", "Maja", "Marco", "Mei", "Miguel", "Nadia",
        "Nils", "Noah", "Olga", "Oliver", "Petra", "Priya", "Rafael", "Sara", "Sofia", "Tomás", "Yusuf",
    ];

    private static readonly string[] _lastNames =
    [
        "Adeyemi", "Andersson", "Bauer", "Bianchi", "Costa", "Demir", "Dubois", "Fernández", "Fischer", "García", "Haddad", "Horváth",
        "Ito", "Jansen", "Kowalska", "Kumar", "Larsen", "Lopez", "Meyer", "Moreau", "Nguyen", "Novak", "Okafor", "Olsen", "Papadopoulos",
        "Petrov", "Rossi", "Santos", "Schneider", "Silva", "Smith", "Tanaka", "Virtanen", "Wagner", "Wang", "Weber", "Yilmaz",
    ];

    private static readonly (string City, string Country)[] _places =
    [
        ("Amsterdam", "Netherlands"), ("Athens", "Greece"), ("Barcelona", "Spain"), ("Berlin", "Germany"), ("Copenhagen", "Denmark"),
        ("Dublin", "Ireland"), ("Helsinki", "Finland"), ("Istanbul", "Türkiye"), ("Lagos", "Nigeria"), ("Lisbon", "Portugal"),
        ("London", "United Kingdom"), ("Lyon", "France"), ("Milan", "Italy"), ("Mumbai", "India"), ("Osaka", "Japan"), ("Oslo", "Norway"),
        ("Porto Alegre", "Brazil"), ("Prague", "Czechia"), ("Vienna", "Austria"), ("Warsaw", "Poland"), ("Zürich", "Switzerland"),
    ];

    public static IReadOnlyList<SamplePerson> All { get; } = [.. Enumerable.Range(0, Count).Select(Person)];

    // Steps that share no factor with the lists' lengths visit every entry, and no two people get the same names
    private static SamplePerson Person(int number)
    {
        var first = _firstNames[number * 7 % _firstNames.Length];
        var last = _lastNames[number * 5 % _lastNames.Length];
        var (city, country) = _places[number * 4 % _places.Length];
        var plan = (number % 10) switch { < 4 => "Free", < 8 => "Plus", _ => "Business" };
        return new($"{Ascii(first)}.{Ascii(last)}@example.{(number % 3) switch { 0 => "com", 1 => "net", _ => "org" }}",
            first, last, city, country, plan, number * 37 % 500 * 10);
    }

    private static string Ascii(string name) => new(
        [.. name.Normalize(NormalizationForm.FormD).Where(char.IsAsciiLetter).Select(char.ToLowerInvariant)]);
}
