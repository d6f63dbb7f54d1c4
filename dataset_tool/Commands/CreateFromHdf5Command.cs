using System.CommandLine;
using DatasetTool.CommandLine;
using DatasetTool.Creation;

namespace DatasetTool.Commands;

/// <summary><c>create_from_hdf5</c> on the command line.</summary>
internal static class CreateFromHdf5Command
{
    internal static Command Define()
    {
        Argument<string> file = new("hdf5_filename") { Description = "HDF5 archive containing the images" };
        Option<int> shuffle = NumberOption.Of("--shuffle", "Randomize image order", 1);
        return CreateCommand.Define(
            "create_from_hdf5", "Create dataset from legacy HDF5 archive.", file, "HDF5 archive",
            (result, target, source, options, cancellation) =>
                CreateFromHdf5.Run(target, source, result.GetValue(shuffle) != 0, options, cancellation),
            shuffle);
    }
}
