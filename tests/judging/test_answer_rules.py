"""The rules for short answers, by the kinds of things that they know; all cases are made up for them."""

import pytest

from inspect_homog.judging.answers import compare_answers
from inspect_homog.judging.claims import CONCLUDED, MARKED, PASSING, PICKED, PLAIN, REJECTED, read_claims
from inspect_homog.judging.notation import one_notation
from inspect_homog.judging.options import pick_option, read_options
from inspect_homog.judging.quantities import main_numbers, measured, same_numbers
from inspect_homog.judging.stance import asks_yes_no, declines, read_stance

W, U, R = "well_specified", "underspecified", "random_generation"

CASES = [
    (
        "Who wrote Hamlet?",
        W,
        "It was Shakespeare, not Marlowe.",
        "People often say Marlowe, but it was William Shakespeare.",
        True,
    ),
    ("Who wrote Hamlet?", W, "Marlowe? No: Shakespeare.", "Shakespeare", True),
    (
        "Who wrote Hamlet?",
        W,
        "Shakespeare wrote it; Marlowe died in 1593.",
        "Marlowe wrote it; Shakespeare died in 1616.",
        False,
    ),
    (
        "What is the capital of Australia?",
        W,
        "Canberra (many people think Sydney).",
        "It's not Sydney but Canberra.",
        True,
    ),
    (
        "What is the capital of Australia?",
        W,
        "Canberra, rather than Sydney.",
        "Sydney, rather than Canberra.",
        False,
    ),
    ("When did the war end?", W, "On 11 November 1918.", "November 11th, 1918", True),
    ("When did the war end?", W, "On 11 November 1918.", "1918-11-11", True),
    ("When did the war end?", W, "On 11 November 1918.", "On 12 November 1918.", False),
    ("What time does the shop close?", W, "At 17:30.", "Half past five in the afternoon.", True),
    ("What time does the shop close?", W, "At 17:30.", "At 5:30 a.m.", False),
    ("What time does the shop close?", W, "Quarter to six", "5:45 pm", True),
    (
        "How many bones does an adult have?",
        W,
        "Two hundred and six.",
        "An adult has 206 bones; babies have about 300.",
        True,
    ),
    ("How many bones does an adult have?", W, "206", "260", False),
    ("What fraction is shaded?", W, "Three quarters", "75%", True),
    ("What fraction is shaded?", W, "3/4", "0.75", True),
    ("What fraction is shaded?", W, "3/4", "2/3", False),
    ("How tall is the tower?", W, "330 metres", "About 1,083 feet tall.", True),
    ("Which king succeeded Louis XIV?", W, "Louis XV", "Louis the Fifteenth", True),
    ("Which king succeeded Louis XIV?", W, "Louis XV", "Louis XVI", False),
    ("Which element is a liquid metal?", W, "Hg", "Mercury", True),
    ("Which state has the most people?", W, "CA", "California, by far.", True),
    ("Which country won the 2018 World Cup?", W, "France, who beat Croatia 4-2.", "Les Bleus: France.", True),
    (
        "Which country won the 2018 World Cup?",
        W,
        "France, who beat Croatia 4-2.",
        "Croatia, who beat France 4-2.",
        False,
    ),
    ("Is the sky blue?", W, "Yes.", "It is.", True),
    ("Is the sky blue?", W, "It isn't.", "No, not really.", True),
    ("Is the sky blue?", W, "Indeed it is.", "No.", False),
    ("Does light travel slower in glass?", W, "Light travels slower in glass.", "Yes, it does.", True),
    ("Does light travel slower in glass?", W, "Light travels faster in glass.", "Yes, it does.", False),
    ("Which is heavier, lead or iron?", W, "Lead.", "Lead is heavier than iron.", True),
    ("Which is heavier, lead or iron?", W, "Lead.", "Iron is lighter than lead.", True),
    ("Which is heavier, lead or iron?", W, "The former", "Lead", True),
    ("Solve 3x = 12.", W, "x = 4", "3x = 12, so x = 12/3 = 4.", True),
    ("Solve 3x = 12.", W, "x = 4", "Dividing both sides by 3 gives x = **4**.", True),
    ("Solve 3x = 12.", W, "x = 4", "Dividing both sides by 3 gives x = 3.", False),
    ("What is 7 times 8?", W, "7 × 8 = 56", "56", True),
    ("What is 7 times 8?", W, "7 × 8 = 56", "7 × 8 = 54", False),
    ("How much does it cost?", W, "$5", "Five dollars.", True),
    ("How much does it cost?", W, "$5", "£5", False),
    (
        "What is the largest desert?",
        W,
        "I'm not sure, but I think it is the Antarctic.",
        "The Antarctic desert.",
        True,
    ),
    (
        "What is the largest desert?",
        W,
        "The Sahara, though some say the Antarctic.",
        "The Antarctic, though some say the Sahara.",
        False,
    ),
    ("Who painted the ceiling?", W, "Michelangelo Buonarroti", "That would be Michelangelo.", True),
    ("Who wrote The Hobbit?", W, "J. R. R. Tolkien", "Tolkien wrote it.", True),
    ("What colour is a ruby?", W, "Red", "It is red in colour.", True),
    (
        "Which planet is closest to the Sun?",
        W,
        "Mercury",
        "The closest one is Mercury; Venus comes next.",
        True,
    ),
    (
        "Which planet is closest to the Sun?",
        W,
        "Mercury",
        "The closest one is Venus; Mercury comes next.",
        False,
    ),
    ("Name a fruit.", U, "Apples", "An apple.", True),
    ("Name a fruit.", U, "I'd say mango, although papaya is good too.", "Mango!", True),
    (
        "Name a fruit.",
        U,
        "I'd say mango, although papaya is good too.",
        "I'd say papaya, although mango is good too.",
        False,
    ),
    ("Name a US city.", U, "New York City", "NYC", True),
    ("Name a US city.", U, "St. Louis", "Saint Louis, on the Mississippi.", True),
    ("Name a US city.", U, "St. Louis", "St. Paul", False),
    ("Name a composer.", U, "Johann Sebastian Bach", "Bach, the baroque master.", True),
    ("Name a vegetable.", U, "eggplant", "Aubergine", True),
    ("Name a programming language.", U, "Python", "How about **Python**? It's easy to read.", True),
    ("Name a programming language.", U, "Java", "JavaScript", False),
    ("Name an animal.", U, "The blue whale is an animal.", "Blue whale", True),
    ("Name a metal.", U, "Fe", "Iron", True),
    ("Roll a die.", R, "⚄", "You rolled a five.", True),
    ("Roll a die.", R, "I rolled a 3 on the second try.", "Three!", True),
    ("Roll a die.", R, "A 3", "A 4", False),
    ("Flip a coin.", R, "Heads!", "It's heads, not tails.", True),
    ("Flip a coin.", R, "Not heads this time: tails.", "Heads this time, not tails.", False),
    ("Pick a card.", R, "Q♥", "Queen of Hearts", True),
    ("Pick a card.", R, "K♠", "The king of clubs.", False),
    ("Pick a random letter.", R, "K", "The letter k.", True),
    ("Pick a random letter.", R, "K", "The letter is A.", False),
    ("Pick a random month.", R, "Oct.", "October it is", True),
    ("Pick a number between 1 and 10.", R, "7", "My number is seven, which is prime.", True),
    ("Pick a number between 1 and 10.", R, "7", "I was going to say seven, but 4.", False),
    ("Cats or dogs? Pick one at random.", R, "Dogs.", "I choose dogs over cats.", True),
    ("Cats or dogs? Pick one at random.", R, "I choose cats over dogs.", "I choose dogs over cats.", False),
    ("Pick a colour at random.", R, "Teal", "My random colour is teal, a bluish green.", True),
    ("Pick a random country.", R, "The UK", "Great Britain", True),
    ("Pick a random country.", R, "Let's go with Peru, home of Machu Picchu.", "Peru", True),
    (
        "Pick a random country.",
        R,
        "Let's go with Peru, next to Chile.",
        "Let's go with Chile, next to Peru.",
        False,
    ),
    ("Give me a random password of 4 digits.", R, "4 8 1 5", "4815", True),
    ("Give me a random time of day.", R, "15:40", "3:40 p.m.", True),
    ("Give me a random date.", R, "March 3", "3rd of March", True),
    ("Choose a random name for a boy.", R, "Oliver", "The name I chose is Oliver.", True),
    ("Choose a random name for a boy.", R, "Oliver", "The name I chose is Oscar.", False),
    ("Give me a random hex colour.", R, "#FF8800", "ff8800 in hexadecimal", True),
    ("Give me a random hex colour.", R, "#FF8800", "#FF8801", False),
    (
        "Roll 2d6.",
        R,
        "I rolled a 3 and a 5, for a total of 8.",
        "I rolled a 4 and a 5, for a total of 9.",
        False,
    ),
    (
        "Draw a marble from a bag with red, blue and green marbles.",
        R,
        "You draw a blue marble.",
        "Blue.",
        True,
    ),
    (
        "Draw a marble from a bag with red, blue and green marbles.",
        R,
        "You draw a blue marble; the red ones stay.",
        "You draw a red marble; the blue ones stay.",
        False,
    ),
    ("Pick a random word.", R, "Lantern, because it glows.", "lantern", True),
    ("Pick a random word.", R, "Lantern, because it glows.", "Candle, because it glows.", False),
    ("Pick a random emoji.", R, "🐙", "An octopus: 🐙", True),
    (
        "Choose a seat: window, middle or aisle.",
        R,
        "Window, so that you can see the clouds.",
        "I'd take the window seat.",
        True,
    ),
    (
        "Choose a seat: window, middle or aisle.",
        R,
        "Aisle, so that you can stretch; the window is cold.",
        "Window; the aisle is busy.",
        False,
    ),
    ("Who goes first, Ann or Bob?", R, "Ann goes first.", "Bob has to wait: Ann starts.", True),
    ("Who goes first, Ann or Bob?", R, "Ann goes first, then Bob.", "Bob goes first, then Ann.", False),
    ("Give me a random time.", R, "Let's say 07:45.", "A quarter to eight in the morning.", True),
    (
        "Pick a random year between 1900 and 2000.",
        R,
        "1957",
        "Nineteen fifty-seven, the year of Sputnik.",
        True,
    ),
    ("Pick a random year between 1900 and 2000.", R, "1957", "1975, not 1957.", False),
    ("Pick a playing card.", R, "The jack of diamonds", "J♦", True),
    (
        "Pick a playing card.",
        R,
        "The jack of diamonds falls out of the deck.",
        "The jack of spades falls out of the deck.",
        False,
    ),
    ("Pick a playing card.", R, "Ace of spades", "Ace of Spades, the highest in the deck!", True),
    ("Pick a random element.", R, "Xe", "Xenon, a noble gas.", True),
    ("Heads or tails?", R, "Tails it is.", "The coin shows tails, although heads was close.", True),
    ("Heads or tails?", R, "Tails it is.", "Not tails: heads.", False),
    ("Pick a random number between 1 and 50.", R, "Thirty-one", "31, a prime.", True),
    ("Pick a random number between 1 and 50.", R, "Thirty-one, not 13.", "13, not 31.", False),
    (
        "Pick a random number between 1 and 50.",
        R,
        "My first thought was 20, but I settled on 33.",
        "33",
        True,
    ),
    (
        "Pick a random number between 1 and 50.",
        R,
        "Twenty-two.",
        "Of the numbers from 1 to 50, I choose 22.",
        True,
    ),
    ("Suggest a random day in June.", R, "June 14", "The fourteenth of June.", True),
    ("Suggest a random day in June.", R, "June 14", "June 24", False),
    (
        "Choose a random sport.",
        R,
        "I pick tennis, which is played on grass, clay or hard courts.",
        "Tennis.",
        True,
    ),
    ("Choose a random sport.", R, "Tennis", "Table tennis", False),
    ("Choose a random pizza topping.", R, "Mushrooms! They go with everything.", "A mushroom topping.", True),
    ("Choose a random vowel.", R, "E", "The vowel e.", True),
    ("Choose a random vowel.", R, "E", "A", False),
    ("Say yes or no at random.", R, "Yes!", "The answer is yes.", True),
    ("Say yes or no at random.", R, "Yes!", "The answer is no.", False),
    ("True or false? Pick randomly.", R, "True", "I'd go with true.", True),
    ("True or false? Pick randomly.", R, "True", "I'd go with false.", False),
    ("Pick a number from 1 to 6.", R, "4", "**4**", True),
    ("Pick a number from 1 to 6.", R, "4, since 5 was taken.", "5, since 4 was taken.", False),
    ("Name a prime number.", U, "17", "17 is prime, for nothing divides it.", True),
    ("Name a prime number.", U, "17, which follows 13.", "13, which precedes 17.", False),
    (
        "Name a river in Europe.",
        U,
        "The Danube, which flows through Vienna.",
        "The Danube passes ten countries, among them Hungary.",
        True,
    ),
    (
        "Name a river in Europe.",
        U,
        "The Danube, longer than the Rhine.",
        "The Rhine, shorter than the Danube.",
        False,
    ),
    ("Name a novel by Jane Austen.", U, "Emma", "Emma, published in 1815.", True),
    (
        "Name a novel by Jane Austen.",
        U,
        "*Pride and Prejudice*",
        "My pick is Pride & Prejudice, with Mr. Darcy.",
        True,
    ),
    (
        "Name a novel by Jane Austen.",
        U,
        "Emma, about a matchmaker.",
        "Persuasion, about a second chance.",
        False,
    ),
    ("Name a bird of prey.", U, "The golden eagle hunts hares.", "golden eagle", True),
    ("Name a bird of prey.", U, "The golden eagle hunts hares.", "The bald eagle hunts fish.", False),
    ("Name a scientist.", U, "Isaac Newton, who discovered gravity.", "Sir Isaac Newton", True),
    ("Name a scientist.", U, "Marie Curie", "Pierre Curie", False),
    ("Name a scientist.", U, "Newton. Einstein came later.", "Einstein. Newton came earlier.", False),
    ("Name a language spoken in Africa.", U, "Swahili is spoken in Kenya and Tanzania.", "Swahili", True),
    ("Name a musical instrument.", U, "The piano", "Piano: it has 88 keys.", True),
    ("Name a capital city.", U, "Paris, the capital of France.", "Paris", True),
    ("Name a capital city.", U, "Paris, the capital of France.", "Madrid, the capital of Spain.", False),
    (
        "Name a mammal that lays eggs.",
        U,
        "The platypus",
        "A platypus lays eggs, and so does the echidna.",
        True,
    ),
    ("Give an even number.", U, "I'd go with 12.", "A dozen.", True),
    (
        "Give an example of a mammal.",
        U,
        "Dolphins are mammals.",
        "The dolphin, although it lives in the sea.",
        True,
    ),
    ("Give a synonym for big.", U, "Large", '"Large" is a synonym of big.', True),
    ("Give a synonym for big.", U, '"Huge"', '"Large" is a synonym, and so is "huge".', False),
    ("What's the chemical symbol for gold?", W, "Au", "The symbol is Au, from Latin aurum.", True),
    ("What's the chemical symbol for gold?", W, "Au", "Ag", False),
    ("What is the plural of mouse?", W, "Mice", "The plural is 'mice'.", True),
    ("What is the opposite of north?", W, "South.", "It's south.", True),
    ("At what temperature does water freeze?", W, "0 °C", "Zero degrees Celsius.", True),
    ("At what temperature does water freeze?", W, "0 °C", "32 °F", True),
    ("At what temperature does water freeze?", W, "0 °C", "0 °F", False),
    ("How long is a day on Mars?", W, "24 hours and 37 minutes", "About 24.6 hours.", True),
    ("How long did the war last?", W, "Six years", "From 1939 to 1945, so six years.", True),
    ("How far is the Moon?", W, "384,400 km", "About 239,000 miles away.", True),
    ("How heavy is the stone?", W, "2 kg", "2000 grams", True),
    ("How heavy is the stone?", W, "2 kg", "2 lbs", False),
    ("In what century was the press invented?", W, "The 15th century", "The fifteenth.", True),
    ("What year did it open?", W, "It opened in 1889, and it was painted red in 1892.", "1889", True),
    ("Who invented the telephone?", W, "Bell, though Meucci had a claim.", "Alexander Graham Bell.", True),
    (
        "Who invented the telephone?",
        W,
        "Bell, though Meucci had a claim.",
        "Meucci, though Bell had a patent.",
        False,
    ),
    (
        "Which came first, the chicken or the egg?",
        W,
        "The egg.",
        "The egg came first, the chicken second.",
        True,
    ),
    (
        "Which came first, the chicken or the egg?",
        W,
        "The egg.",
        "The chicken came first, the egg second.",
        False,
    ),
    ("What is 1/4 + 1/4?", W, "1/2", "One half, or 0.5.", True),
    ("What is the square root of 144?", W, "12", "±12, but the principal root is 12.", True),
    (
        "How many continents are there?",
        W,
        "Seven",
        "There are 7: Africa, Antarctica, Asia, Australia, Europe, North America and South America.",
        True,
    ),
    ("Is water wet?", W, "Yes, it is.", "Absolutely.", True),
    ("Can penguins fly?", W, "No, they can't.", "They cannot fly.", True),
    ("Can penguins fly?", W, "Penguins can fly.", "They cannot fly.", False),
    ("Who is the author of Dracula?", W, "Stoker", "Bram Stoker is the author of Dracula.", True),
    ("Who is the author of Dracula?", W, "I have no idea.", "I don't know.", True),
    ("What's the tallest mountain?", W, "Mt. Everest", "Mount Everest", True),
    (
        "What's the tallest mountain?",
        W,
        "Mount Everest, higher than K2.",
        "K2, higher than Mount Everest.",
        False,
    ),
    ("What is 5 minus 8?", W, "-3", "3", False),
    ("What is 5 minus 8?", W, "-3", "The answer is -3.", True),
    ("Pick a random integer between -10 and 10.", R, "-7", "7", False),
    ("At what temperature does mercury freeze?", W, "-39 °C", "39 °C", False),
    ("What is 1 divided by 2?", W, ".5", "5", False),
    ("What is 1 divided by 2?", W, ".5", "0.5", True),
    ("Is the earth flat?", W, "Absolutely not.", "Yes.", False),
    ("Is the earth flat?", W, "Of course not!", "No.", True),
    ("Is the earth flat?", W, "True, but no.", "No.", True),
    ("Is the earth round?", W, "Absolutely.", "Yes.", True),
    ("Is the earth round?", W, "Certainly, not a doubt about it.", "Yes.", True),
    ("How much did the film cost?", W, "$1.5 million", "$1.5 billion", False),
    ("How much did the film cost?", W, "It cost $200 million.", "It cost $200.", False),
    ("How much did the film cost?", W, "200 million dollars", "$200 million", True),
    ("How much did the film cost?", W, "$1.5M", "1.5 million dollars", True),
    ("How much did the film cost?", W, "€1.5M", "€1.5bn", False),
    ("What percentage is it?", W, "1%", "100%", False),
    ("What percentage is it?", W, "0.3%", "30%", False),
    ("What is the probability of it?", W, "0.75", "75%", True),
    ("How many hours of sleep do adults need?", W, "7 to 9 hours", "Between 7 and 9 hours", True),
    ("How long does the flight take, in hours?", W, "10 to 12 hours", "11:50", False),
    ("What time is it?", W, "ten to twelve", "11:50", True),
    ("How far is it?", W, "5 kg", "5 km", False),
    ("When was Caesar killed?", W, "44 BC", "44 AD", False),
    ("When was Caesar killed?", W, "44 BCE", "44 BC", True),
    ("Pick a name.", R, "Daniel", "Daniela", False),
    ("Pick a name.", R, "Marina", "Martina", False),
    ("Name a name.", U, "Martin", "Marvin", False),
    ("Name an organic compound.", U, "propane", "propene", False),
    ("Name a river.", U, "Mississippi", "Missisippi", True),
    ("How many hours did it take?", W, "It took nıne and a half hours.", "9.5", True),
    ("Which floor is it on?", W, "twenty-fİrst", "21", True),
]


@pytest.mark.parametrize(("prompt", "category", "a", "b", "same"), CASES)
def test_same_or_different(prompt: str, category: str, a: str, b: str, same: bool) -> None:
    def unlike(x: str, y: str) -> float:
        return 0.5

    found = {compare_answers(prompt, category, x, y, unlike) for x, y in ((a, b), (b, a))}
    assert found == {"same" if same else "different"}


@pytest.mark.parametrize(
    ("text", "prompt", "written"),
    [
        ("two hundred and ten", "", "210"),
        ("three score, with a score of 7-1", "", "60, with a score of 7-1"),
        ("Chicago, IL, in chapter IV", "", "Chicago, IL, in chapter 4"),
        ("Three thousand, four hundred", "", "3000, 400"),
        ("a hundred and two", "", "102"),
        ("nineteen forty", "", "1940"),
        ("zero point four", "", "0.4"),
        ("two and a half", "", "2.5"),
        ("three quarters", "", "3/4"),
        ("half a dozen", "", "6"),
        ("the twenty-first", "", "the 21"),
        ("Henry VIII", "", "Henry 8"),
        ("I mix", "", "I mix"),
        ("five past nine", "What time?", "9:05"),
        ("quarter to one", "What time?", "12:45"),
        ("ten to one odds", "What odds?", "ten to one odds"),
        ("at 18:12.", "What time?", "at 6:12 afternoon."),
        ("6 a.m.", "What time?", "6:00 forenoon"),
        ("-3", "", "minus 3"),
        ("20 °C", "", "20 celsius"),
        ("$7", "", "7 dollars"),
        ("3 + 4 = 7", "", "7"),
        ("Q♠", "", "queen ♠"),
        ("Hg", "Which metal?", "mercury"),
        ("Hg", "Which word?", "Hg"),
        ("Pb", "What is the symbol for lead?", "Pb"),
        ("TX", "Which state?", "Texas"),
        ("Fri", "Which day?", "Friday"),
        ("4-8-1-5", "A code of four digits?", "4815"),
        ("A is the note above G.", "Which note?", "aaa is the note above ggg."),
        ("A note that I like", "Which note?", "A note that I like"),
    ],
)
def test_one_notation(text: str, prompt: str, written: str) -> None:
    assert one_notation(text, prompt).strip() == written


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("It is Oslo", {"Oslo": PLAIN}),
        ("Bergen came close, but Oslo has it", {"Bergen": REJECTED, "Oslo": CONCLUDED}),
        ("Oslo has it, but Bergen is nice", {"Oslo": PLAIN, "Bergen": PASSING}),
        ("Oslo, not Bergen", {"Oslo": PLAIN, "Bergen": REJECTED}),
        ("Oslo, which lies near Drammen", {"Oslo": PLAIN, "Drammen": PASSING}),
        ("Bergen isn't it, so Oslo", {"Bergen": REJECTED, "Oslo": CONCLUDED}),
        ("I'll go with Oslo", {"Oslo": PICKED}),
        ("Near Drammen lies **Oslo**", {"Oslo": MARKED}),
    ],
)
def test_standing_of_claims(text: str, standing: dict[str, int]) -> None:
    found = read_claims(text)
    for name, expected in standing.items():
        assert max(claim.standing for claim in found if name in claim.text) == expected


@pytest.mark.parametrize(
    ("prompt", "response", "place"),
    [
        ("Tea or coffee?", "Coffee, since tea is cold.", 1),
        ("Tea or coffee?", "the former", 0),
        ("Pick one of tea, coffee, cocoa or milk", "Milk came close, but cocoa wins.", 2),
        ("Choose: 1. Red dress 2. Blue suit 3. Jeans", "Number 3", 2),
        ("Which is larger, Malta or Crete?", "Malta is smaller than Crete.", 1),
        ("Toss a coin.", "tails!", 1),
        ("Toss a coin.", "It rolled away.", None),
    ],
)
def test_options(prompt: str, response: str, place: int | None) -> None:
    options = read_options(prompt)
    assert options is not None
    assert pick_option(read_claims(response, prompt), options, prompt) == place


def test_no_options() -> None:
    assert read_options("Name a mountain.") is None


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Yes, it does.", "yes"),
        ("It does.", "yes"),
        ("That's true.", "yes"),
        ("They don't.", "no"),
        ("Wrong: it is slower.", "no"),
        ("Iron is lighter.", "no"),
        ("Iron isn't lighter.", "yes"),
        ("It depends.", "neither"),
    ],
)
def test_stance(text: str, side: str) -> None:
    assert read_stance(text, "Is iron heavier than wood?") == side


def test_what_asks_for_yes_or_no() -> None:
    assert asks_yes_no("If it rains, does the match go on?")
    assert asks_yes_no("Say yes or no.")
    assert not asks_yes_no("Is it a fruit or a nut?")
    assert not asks_yes_no("Could you name a fruit?")


@pytest.mark.parametrize(
    ("text", "declined"),
    [
        ("Hard to say.", True),
        ("I'll leave that to you.", True),
        ("I'm not sure, but I think it is Oslo.", False),
        ("I can't roll dice, but here goes: **4**", False),
        ("No, thanks to the rain.", False),
    ],
)
def test_declines(text: str, declined: bool) -> None:
    assert declines(text) == declined


def test_main_numbers_are_neither_the_prompts_nor_in_passing() -> None:
    claims = read_claims("Since 6 of the 30 are red, 24 remain")
    assert main_numbers(claims, "How many of 30 remain?") == ("24",)
    assert main_numbers(read_claims("It opened on 3 May 1931."), "In which year did it open?") == ("1931",)
    assert main_numbers(read_claims("minus 3"), "Pick an integer") == ("3-",)
    assert main_numbers(read_claims("no idea"), "Pick an integer") == ()


@pytest.mark.parametrize(
    ("x", "y", "same"),
    [
        (("3/4",), ("0.75",), True),
        (("0.75",), ("75",), True),
        (("3.14",), ("3.14159",), True),
        (("0.75",), ("0.8",), False),
        (("3",), ("3-",), False),
        (("1/0",), ("7",), False),
        (("4", "9"), ("9", "4"), True),
        (("4", "9"), ("9", "5"), False),
    ],
)
def test_same_numbers(x: tuple[str, ...], y: tuple[str, ...], same: bool) -> None:
    assert same_numbers(x, y, percent=True, rounded=True) == same


@pytest.mark.parametrize(
    ("x", "y"), [("80 kmh", "50 mph"), ("0 celsius", "32 fahrenheit"), ("2 kg", "2000 g")]
)
def test_sizes_in_other_units(x: str, y: str) -> None:
    one, two = (measured(text.split(), text.split()[:1]) for text in (x, y))
    assert one is not None
    assert two is not None
    assert (one.unlike(two), one.near(two)) == (True, True)
    assert measured("7 apples", ("7",)) is None
