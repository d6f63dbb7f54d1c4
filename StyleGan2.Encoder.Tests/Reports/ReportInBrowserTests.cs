using Microsoft.Playwright;
using StyleGan2.Encoder.Reports;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Reports;

/// <summary>A report in a real browser, offline.</summary>
public sealed class ReportInBrowserTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _complaints = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_slider_moves_the_border_between_the_picture_and_the_one_found()
    {
        await using Browser browser = await Browser.Start();
        IPage page = await browser.Open(Written(), _complaints);
        ILocator slider = page.GetByRole(AriaRole.Slider), compared = page.Locator(".compare");
        Assert.Equal((0, 255), await LevelsAtQuarters(compared));
        await slider.FillAsync("100");
        Assert.Equal((0, 0), await LevelsAtQuarters(compared));
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        Assert.Equal((255, 255), await LevelsAtQuarters(compared));
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Every_link_and_picture_of_every_page_resolves_and_nothing_complains()
    {
        string first = Written();
        new Report(_folder.Path).Update(ReportEntries.Finished(_folder, Report.PictureCountOfPage, "on the second #1? page.png"));
        await using Browser browser = await Browser.Start();
        foreach (string file in (string[])[first, .. Directory.GetFiles(_folder.File("index_files"), "*.html")])
        {
            IPage page = await browser.Open(file, _complaints);
            string[] links = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a')].map(a => a.href)");
            Assert.InRange(links.Length, 4, int.MaxValue);
            Assert.All(links, link => Assert.True(File.Exists(new Uri(link).LocalPath), link));
            Assert.True(await page.EvaluateAsync<bool>("[...document.images].every(i => i.complete && i.naturalWidth > 0)"));
        }

        Assert.Empty(_complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task It_fits_the_screen_and_can_be_read_in_light_and_dark(ColorScheme scheme, int width)
    {
        await using Browser browser = await Browser.Start();
        IPage page = await browser.Open(Written(), _complaints, scheme, width);
        await page.GetByText("Settings, seeds, versions").First.ClickAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        double paper = await Brightness(page, "backgroundColor"), ink = await Brightness(page, "color");
        Assert.InRange(scheme == ColorScheme.Dark ? ink - paper : paper - ink, 0.6, 1);
    }

    [Fact]
    public async Task A_picture_that_is_being_projected_is_shown_with_its_step()
    {
        string file = Written();
        new Report(_folder.Path).Update(ReportEntries.Begun(1, "b.png") with { Step = 30 });
        await using Browser browser = await Browser.Start();
        IPage page = await browser.Open(file, _complaints);
        Assert.Equal("step 30 of 100", await page.Locator("[data-running] small").TextContentAsync());
        Assert.Empty(_complaints);
    }

    private string Written()
    {
        new Report(_folder.Path).Update(ReportEntries.Finished(_folder, 0, "a.png"));
        return _folder.File("index.html");
    }

    /// <summary>The gray levels in the middle of the left and of the right half, as the reader sees them.</summary>
    private static async Task<(int Left, int Right)> LevelsAtQuarters(ILocator shown)
    {
        byte[] png = await shown.ScreenshotAsync();
        using SixLabors.ImageSharp.Image<SixLabors.ImageSharp.PixelFormats.L8> image =
            SixLabors.ImageSharp.Image.Load<SixLabors.ImageSharp.PixelFormats.L8>(png);
        return (image[image.Width / 4, image.Height / 2].PackedValue, image[3 * image.Width / 4, image.Height / 2].PackedValue);
    }

    /// <summary>A colour's mean part of red, green and blue, from 0 to 1.</summary>
    private static async Task<double> Brightness(IPage page, string color)
    {
        string rgb = await page.EvaluateAsync<string>($"getComputedStyle(document.body).{color}");
        return rgb["rgb(".Length..^1].Split(',').Average(v => int.Parse(v, System.Globalization.CultureInfo.InvariantCulture)) / 255.0;
    }
}
