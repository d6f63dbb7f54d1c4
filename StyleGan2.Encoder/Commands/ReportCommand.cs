using System.CommandLine;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Reports;

namespace StyleGan2.Encoder.Commands;

/// <summary><c>report</c> on the command line.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> s_results = new("results") { Description = "Output directory of project_images" };

    internal static Command Define() =>
        new Command("report", "Make the report of projections again, from what runs left: index.html in the folder of the results.")
        {
            s_results,
        }
            .WithExample("Join what several computers left in one folder", "stylegan2-encoder report results")
            .Doing((result, _) =>
            {
                string folder = result.GetRequiredValue(s_results);
                if (Report.Problem(folder) is { } problem)
                {
                    throw new IOException(problem);
                }

                (int pictures, int pages) = new Report(folder).WriteAll();
                Console.WriteLine($"{pictures} pictures on {pages} pages: {Path.Combine(folder, "index.html")}");
            });
}
