using System.CommandLine;
using DatasetTool.CommandLine;

namespace DatasetTool.Commands;

/// <summary>The commands of <c>dataset_tool</c>.</summary>
internal static class DatasetToolCommands
{
    /// <summary>The program's name.</summary>
    internal const string Program = "dataset_tool";

    /// <summary>The name under which it is installed.</summary>
    internal const string Tool = "stylegan2-dataset-tool";

    /// <summary>Defines them.</summary>
    internal static RootCommand Define() => CommandRunner.Root(
        Tool,
        "Tool for creating multi-resolution TFRecords datasets for StyleGAN and ProGAN.",
        DisplayCommand.Define()
            .WithExample("Page through a dataset in the terminal", "dataset_tool display datasets/faces")
            .WithExample("Make a page of its first 200 images", "dataset_tool display datasets/faces --html faces.html --limit 200"),
        ExtractCommand.Define()
            .WithExample("Write the images as PNG files", "dataset_tool extract datasets/faces pictures"),
        CompareCommand.Define()
            .WithExample(
                "Count the images that differ, labels left aside",
                "dataset_tool compare datasets/a datasets/b --ignore_labels 1"),
        KnownDatasetCommands.DefineMnist()
            .WithExample("Make a dataset of the digits", "dataset_tool create_mnist datasets/mnist downloads/mnist"),
        KnownDatasetCommands.DefineMnistRgb()
            .WithExample(
                "Make 10,000 images of three digits each",
                "dataset_tool create_mnistrgb datasets/mnistrgb downloads/mnist --num_images 10000"),
        KnownDatasetCommands.DefineCifar10()
            .WithExample("Make a dataset with labels", "dataset_tool create_cifar10 datasets/cifar10 downloads/cifar-10-batches-py"),
        KnownDatasetCommands.DefineCifar100()
            .WithExample("Make a dataset with labels", "dataset_tool create_cifar100 datasets/cifar100 downloads/cifar-100-python"),
        KnownDatasetCommands.DefineSvhn()
            .WithExample("Make a dataset of house numbers", "dataset_tool create_svhn datasets/svhn downloads/svhn"),
        LsunCommands.DefineSquare()
            .WithExample(
                "Take 100,000 cars at 256 pixels",
                "dataset_tool create_lsun datasets/cars downloads/lsun/car_lmdb --resolution 256 --max_images 100000"),
        LsunCommands.DefineWide()
            .WithExample(
                "Take cars at 512 x 384",
                "dataset_tool create_lsun_wide datasets/cars downloads/lsun/car_lmdb --width 512 --height 384"),
        KnownDatasetCommands.DefineCelebA()
            .WithExample("Take the faces from the middle of the pictures", "dataset_tool create_celeba datasets/celeba downloads/celeba"),
        CreateFromImagesCommand.Define()
            .WithExample("Make a dataset of the pictures in a folder", "dataset_tool create_from_images datasets/faces photos")
            .WithExample(
                "Take folders inside it too, whatever the sizes and colours",
                "dataset_tool create_from_images datasets/faces photos --recursive --convert rgb --resize 256")
            .WithExample(
                "Write the first of four parts, on one of four machines",
                "dataset_tool create_from_images parts/0 photos --resize 256 --shard 0/4"),
        MergeCommand.Define()
            .WithExample("Join four parts", "dataset_tool merge parts/0 parts/1 parts/2 parts/3 datasets/faces"),
        CreateFromHdf5Command.Define()
            .WithExample("Make a dataset of an archive", "dataset_tool create_from_hdf5 datasets/celeba archives/celeba.h5"),
        CreateFromTFRecordsCommand.Define()
            .WithExample("Add the levels that a dataset lacks", "dataset_tool create_from_tfrecords datasets/new datasets/old"),
        VerifyCommand.Define()
            .WithExample("Check every record", "dataset_tool verify datasets/faces"),
        InfoCommand.Define()
            .WithExample("Describe a dataset", "dataset_tool info datasets/faces"));
}
