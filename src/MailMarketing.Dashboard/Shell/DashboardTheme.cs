using MudBlazor;

namespace MailMarketing.Dashboard.Shell;

/// <summary>The dashboard's looks: quiet paper and a deep green, in the system's own typeface.</summary>
internal static class DashboardTheme
{
    private static readonly string[] _fonts =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Ubuntu", "Helvetica Neue", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0d6b5f", Secondary = "#5b5f97", Tertiary = "#b4552d",
            Info = "#2563a8", Success = "#2c7a3f", Warning = "#9a6200", Error = "#b3261e",
            Background = "#f5f6f3", Surface = "#ffffff", BackgroundGray = "#ebede8",
            AppbarBackground = "#ffffff", AppbarText = "#1c2422", DrawerBackground = "#f5f6f3", DrawerText = "#3a4542", DrawerIcon = "#5a6763",
            TextPrimary = "#1c2422", TextSecondary = "#56625e", TextDisabled = "#8a938f", ActionDefault = "#4c5955",
            LinesDefault = "#dfe3de", LinesInputs = "#8a938f", TableLines = "#e7eae5", TableHover = "#f2f5f2", Divider = "#dfe3de",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#63c7b5", PrimaryContrastText = "#06231e", Secondary = "#a9adea", SecondaryContrastText = "#14152b",
            Tertiary = "#eb9d78", Info = "#7cb4f0", Success = "#7ccb8e", Warning = "#e9b45c", Error = "#f2938c",
            InfoContrastText = "#08203a", SuccessContrastText = "#07240f", WarningContrastText = "#2b1c00", ErrorContrastText = "#3b0a07",
            Background = "#111615", Surface = "#19201e", BackgroundGray = "#151b19",
            AppbarBackground = "#19201e", AppbarText = "#e6ebe8", DrawerBackground = "#111615", DrawerText = "#c4ceca", DrawerIcon = "#95a39e",
            TextPrimary = "#e6ebe8", TextSecondary = "#a3b0ab", TextDisabled = "#6c7975", ActionDefault = "#b1bdb8",
            LinesDefault = "#2b3532", LinesInputs = "#6c7975", TableLines = "#26302d", TableHover = "#1f2825", Divider = "#2b3532",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = _fonts, FontSize = ".9375rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = _fonts, FontSize = ".9375rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = _fonts, FontSize = ".875rem", LineHeight = "1.45", LetterSpacing = "normal" },
            H4 = new H4Typography { FontFamily = _fonts, FontSize = "1.625rem", FontWeight = "650", LineHeight = "1.25", LetterSpacing = "-.01em" },
            H6 = new H6Typography { FontFamily = _fonts, FontSize = "1.0625rem", FontWeight = "620", LineHeight = "1.35", LetterSpacing = "normal" },
            Button = new ButtonTypography
            {
                FontFamily = _fonts, FontSize = ".9rem", FontWeight = "550", LetterSpacing = "normal", TextTransform = "none",
            },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", AppbarHeight = "56px" },
    };
}
