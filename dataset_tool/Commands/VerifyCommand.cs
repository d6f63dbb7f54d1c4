using System.CommandLine;
using DatasetTool.CommandLine;
using DatasetTool.Verification;

namespace DatasetTool.Commands;

/// <summary><c>verify</c>: reads a whole dataset and says what is wrong where.</summary>
internal static class VerifyCommand
{
    internal static Command Define()
    {
        Argument<string> tfrecordDir = new("tfrecord_dir") { Description = "Directory containing dataset" };
        Command command = new("verify", "Check every record, level of detail and label of dataset.") { tfrecordDir };
        return command.Counting((result, cancellation) => Run(result.GetRequiredValue(tfrecordDir), cancellation));
    }

    private static int Run(string tfrecordDir, CancellationToken cancellation)
    {
        Console.WriteLine($"Verifying dataset \"{tfrecordDir}\"");
        DatasetVerification verification = new(Console.WriteLine);
        verification.Run(tfrecordDir, cancellation);
        int problems = verification.Problems;
        Console.WriteLine(
            $"{verification.Images} images, {(problems == 0 ? "no problems" : problems == 1 ? "1 problem" : $"{problems} problems")}.");
        return problems;
    }
}
