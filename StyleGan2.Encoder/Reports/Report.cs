using System.Globalization;
using StyleGan2.Encoder.Results;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Reports;

/// <summary>
/// The report of a folder of results: <c>index.html</c>, with the first pictures, and <c>index_files</c> with a page for each further
/// <see cref="PictureCountOfPage"/> pictures and with what is known of each picture. A picture's page follows from its position, so that
/// one page is written when one picture changes, however many there are. Several processes can write one report.
/// </summary>
/// <param name="folder">The folder of the results.</param>
internal sealed class Report(string folder)
{
    /// <summary>How many pictures a page holds: about 3 MB of them.</summary>
    internal const int PictureCountOfPage = 50;

    private const string Index = "index.html", Files = "index_files", Title = "Projections";

    private readonly string _files = Path.Combine(folder, Files);

    /// <summary>Why a report cannot be written, in one line; null where it can.</summary>
    internal static string? Problem(string folder)
    {
        string index = Path.Combine(folder, Index);
        return Path.Exists(index) && !(File.Exists(index) && ReportPage.IsPage(index))
            ? $"{index}: this program did not write it and keeps it; there will be no report"
            : null;
    }

    /// <summary>What is known of a picture; null where nothing is.</summary>
    internal PictureEntry? Find(int position, string resultName) => PictureEntry.Load(EntryFile(PageOf(position), resultName));

    /// <summary>Shows a picture, or what has become of it.</summary>
    /// <exception cref="UnwritableFolderException">The folder cannot be written.</exception>
    internal void Update(PictureEntry entry) => UnwritableFolderException.Guard(folder, "the report", () =>
    {
        int page = PageOf(entry.Position);
        bool isNew = !Directory.Exists(FolderOf(page));
        Directory.CreateDirectory(FolderOf(page));
        using ResultClaim turn = ResultClaim.WaitFor(_files, "report");
        entry.Save(EntryFile(page, entry.ResultName));
        int[] pages = Pages();
        WritePage(page, pages);
        foreach (int changed in isNew ? Neighbours(page, pages).Append(0).Except([page]).Distinct() : [])
        {
            WritePage(changed, pages);
        }
    });

    /// <summary>Makes all pages again from what is known of the pictures.</summary>
    /// <returns>How many pictures and pages there are.</returns>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    internal (int Pictures, int Pages) WriteAll()
    {
        if (!Directory.Exists(_files))
        {
            throw new DirectoryNotFoundException(
                $"{folder}: it has no {Files}, from which a report is made; give a folder with results of project_images");
        }

        int pictures = 0;
        int[] pages = Pages();
        UnwritableFolderException.Guard(folder, "the report", () =>
        {
            using ResultClaim turn = ResultClaim.WaitFor(_files, "report");
            foreach (int page in pages.Append(0).Distinct())
            {
                pictures += WritePage(page, pages);
            }
        });
        return (pictures, pages.Length);
    }

    private static int PageOf(int position) => position / PictureCountOfPage;

    private static IEnumerable<int> Neighbours(int page, int[] pages)
    {
        int at = Array.IndexOf(pages, page);
        return new[] { at - 1, at + 1 }.Where(i => i >= 0 && i < pages.Length).Select(i => pages[i]);
    }

    private int[] Pages() =>
    [
        .. Directory.EnumerateDirectories(_files).Select(d => Path.GetFileName(d)).Where(n => n.All(char.IsAsciiDigit))
            .Select(n => int.Parse(n, CultureInfo.InvariantCulture)).Order(),
    ];

    private int WritePage(int page, int[] pages)
    {
        string[] entries = Directory.Exists(FolderOf(page)) ? Directory.GetFiles(FolderOf(page), "*.json") : [];
        IEnumerable<string> cards = entries.Select(PictureEntry.Load).OfType<PictureEntry>()
            .OrderBy(e => e.Position).ThenBy(e => e.Name, StringComparer.Ordinal)
            .Select(e => new PictureCard(e, toResults: page == 0 ? "" : "../").Render());
        WholeFile.Write(page == 0 ? Path.Combine(folder, Index) : Path.Combine(_files, NameOf(page)), stream =>
        {
            using StreamWriter writer = new(stream);
            ReportPage.Write(writer, page == 0 ? Title : $"{Title}, {Described(page)}", Links(page, pages), cards);
        });
        return entries.Length;
    }

    /// <summary>From the first page to all others; from each other one to the first and its neighbours.</summary>
    private static IEnumerable<(string Target, string Text)> Links(int page, int[] pages) => page == 0
        ? pages.Where(p => p != 0).Select(p => ($"{Files}/{NameOf(p)}", Described(p)))
        : Neighbours(page, pages).Prepend(0).Distinct()
            .Select(p => p == 0 ? ($"../{Index}", "first page") : (NameOf(p), Described(p)));

    private static string Described(int page) => $"{(page * PictureCountOfPage) + 1} to {(page + 1) * PictureCountOfPage}";

    private static string NameOf(int page) => string.Create(CultureInfo.InvariantCulture, $"page-{page + 1}.html");

    private string FolderOf(int page) => Path.Combine(_files, page.ToString(CultureInfo.InvariantCulture));

    private string EntryFile(int page, string resultName) => Path.Combine(FolderOf(page), $"{resultName}.json");
}
