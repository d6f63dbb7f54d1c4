using Microsoft.Playwright;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Debian's Chromium, which shows a page as its reader sees it.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts the browser; skips the test where it is not installed.</summary>
    internal static async Task<Browser> Start()
    {
        Assert.SkipUnless(File.Exists(Chromium), "needs Chromium (Debian: apt install chromium)");
        IPlaywright playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = ["--no-sandbox"] }));
    }

    /// <summary>Opens a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="complaints">Receives errors of the page's script and files that were not found.</param>
    /// <param name="scheme">Whether the reader likes pages light or dark.</param>
    /// <param name="width">The window's width in pixels.</param>
    internal async Task<IPage> Open(string file, List<string> complaints, ColorScheme scheme = ColorScheme.Light, int width = 1280)
    {
        IPage page = await _browser.NewPageAsync(
            new BrowserNewPageOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 800 } });
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.RequestFailed += (_, request) => complaints.Add($"{request.Url}: {request.Failure}");
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }
}
