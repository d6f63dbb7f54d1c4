using NumSharp;
using StyleGan2.Encoder.Reports;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Reports;

public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Index => _folder.File("index.html");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_page_shows_figures_settings_seeds_and_versions_of_its_pictures_in_their_order()
    {
        Report report = new(_folder.Path);
        report.Update(ReportEntries.Finished(_folder, 1, "second.png"));
        report.Update(ReportEntries.Finished(_folder, 0, "first.png"));
        string page = File.ReadAllText(Index);
        Assert.Contains("distance 0.25, mean error 2.50 of 255, 7.5 s", page, StringComparison.Ordinal);
        Assert.Contains("<tr><th>tf_random_seed</th><td>659662259</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("<td>stylegan2-encoder 0.0.0</td>", page, StringComparison.Ordinal);
        Assert.InRange(
            page.IndexOf("second.png", StringComparison.Ordinal), page.IndexOf("first.png", StringComparison.Ordinal) + 1, page.Length);
    }

    [Fact]
    public void Names_and_settings_cannot_become_HTML()
    {
        PictureEntry entry = ReportEntries.Begun(0, "<script>alert('\"&.png");
        entry.Settings["<b>"] = "<i>";
        new Report(_folder.Path).Update(entry);
        string page = File.ReadAllText(Index);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&#39;&quot;&amp;.png", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_pictures_are_pages_of_fifty_of_which_one_is_written_when_a_picture_changes()
    {
        Report report = new(_folder.Path);
        for (int page = 0; page < 200; page++)
        {
            report.Update(ReportEntries.Begun(page * Report.PictureCountOfPage, $"picture{page}.png"));
        }

        string[] pages = [Index, .. Directory.GetFiles(_folder.File("index_files"), "*.html")];
        Assert.Equal(200, pages.Length);
        Array.ForEach(pages, p => File.SetLastWriteTimeUtc(p, DateTime.UnixEpoch));
        report.Update(ReportEntries.Finished(_folder, 7777, "changed.png"));
        string written = Assert.Single(pages, p => File.GetLastWriteTimeUtc(p) != DateTime.UnixEpoch);
        Assert.Equal("page-156.html", Path.GetFileName(written));
        Assert.Contains("href=\"../changed.npy\"", File.ReadAllText(written), StringComparison.Ordinal);
        Assert.Contains("href=\"page-155.html\"", File.ReadAllText(written), StringComparison.Ordinal);
        Assert.Contains("href=\"page-157.html\"", File.ReadAllText(written), StringComparison.Ordinal);
    }

    [Fact]
    public void Fifty_pictures_of_the_largest_size_are_a_page_of_less_than_eight_megabytes()
    {
        Report report = new(_folder.Path);
        float[] noise = new float[3 * 1024 * 1024];
        System.Random random = new(1);
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = (random.NextSingle() * 2) - 1;
        }

        NDArray picture = noise.ToNDArray(1, 3, 1024, 1024);
        string large = EmbeddedPicture.Of(picture), small = EmbeddedPicture.Small(picture);
        DistanceCurve curve = new([]);
        for (int step = 1; step <= 1_000_000; step++)
        {
            curve.Add(new CurvePoint(step, 1f / step));
        }

        PictureEntry entry = ReportEntries.Finished(_folder, 0, "a.png") with
        {
            Source = large,
            Result = large,
            Difference = large,
            Snapshots = [.. Enumerable.Range(0, 5).Select(i => new Snapshot(i, small))],
            Curve = curve.Points,
        };
        report.Update(entry);
        Assert.InRange(new FileInfo(Index).Length * Report.PictureCountOfPage, 0, 8_000_000);
    }

    [Fact]
    public async Task Writers_at_the_same_time_lose_no_picture()
    {
        await Parallel.ForAsync(0, 40, TestContext.Current.CancellationToken, (position, _) =>
        {
            new Report(_folder.Path).Update(ReportEntries.Begun(position, $"picture{position}.png"));
            return ValueTask.CompletedTask;
        });
        string page = File.ReadAllText(Index);
        Assert.All(Enumerable.Range(0, 40), i => Assert.Contains($"id=\"picture{i}\"", page, StringComparison.Ordinal));
        Assert.Equal(["0"], ProjectedNames(_folder.File("index_files")));
    }

    [Fact]
    public void A_page_that_this_program_did_not_write_is_noticed()
    {
        File.WriteAllText(Index, "<html>mine</html>");
        Assert.Equal($"{Index}: this program did not write it and keeps it; there will be no report", Report.Problem(_folder.Path));
        File.Delete(Index);
        new Report(_folder.Path).Update(ReportEntries.Begun(0, "a.png"));
        Assert.Null(Report.Problem(_folder.Path));
    }

    [Fact]
    public void A_damaged_entry_is_left_out_and_the_others_are_shown()
    {
        Report report = new(_folder.Path);
        report.Update(ReportEntries.Begun(0, "a.png"));
        File.WriteAllText(Path.Combine(_folder.Path, "index_files", "0", "b.json"), "{");
        report.Update(ReportEntries.Begun(2, "c.png"));
        string page = File.ReadAllText(Index);
        Assert.Contains("id=\"a\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"c\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_projection_that_goes_on_keeps_what_was_shown_of_it_up_to_its_step()
    {
        Report report = new(_folder.Path);
        report.Update(ReportEntries.Finished(_folder, 0, "a.png") with { Files = [] });
        PictureReport again = new(report, ReportEntries.Begun(0, "a.png") with { Step = 60 }, ReportEntries.Gray(0), [80]);
        for (int step = 61; step <= 100; step++)
        {
            again.Step(step, 0.5f, () => ReportEntries.Gray(1));
        }

        again.Finish(ReportEntries.Gray(1), [], ["a.png"]);
        PictureEntry entry = report.Find(0, "a")!;
        Assert.Equal([50, 80], entry.Snapshots.Select(s => s.Step));
        Assert.Equal(Enumerable.Range(1, 100), entry.Curve.Select(p => p.Step));
        Assert.Equal((10f / 60, 0.5f), (entry.Curve[59].Distance, entry.Curve[60].Distance));
    }

    private static string[] ProjectedNames(string folder) => [.. Directory.GetFileSystemEntries(folder).Select(f => Path.GetFileName(f)!)];
}
