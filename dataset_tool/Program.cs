Console.WriteLine("dataset_tool");
