/// What was asked for on the command line.
struct Arguments {
    private(set) var isJSON = false
    private var filter = ""

    init(_ arguments: some Sequence<String>) throws {
        var rest = arguments.makeIterator()
        while let argument = rest.next() {
            switch argument {
            case "--json": isJSON = true
            case "--filter":
                guard let text = rest.next() else { throw Refusal(description: "--filter needs a text") }
                filter = text
            default: throw Refusal(description: "\(argument) is neither --filter nor --json")
            }
        }
    }

    func includes(_ name: String) -> Bool { filter.isEmpty || name.contains(filter) }

    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }
}
